// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.ReleaseVersion;

/**
 * What a CSE below the topmost one has to ask of its registrar before an AE with an association of
 * its own registers (TS-0001 clause 10.2.2.2 steps 003 to 006).
 *
 * @param stem the AE-ID-Stem that its association authenticated; one that the provider assigns is
 *     announced, for one of this CSE's the service subscription is retrieved
 * @param appId App-ID (api)
 * @param association the key that opened its association, by which its Credential-ID is known
 * @param until expirationTime as the AE wants it; empty: as long as it may
 * @param release in which the AE speaks, and is told a refusal
 * @param requestId of its request, so that the same request asks the same again
 * @param expiration Request Expiration Timestamp of its request
 */
public record RegistrarQuestion(
    AeId stem,
    String appId,
    KeyIdentifier association,
    Optional<Instant> until,
    ReleaseVersion release,
    String requestId,
    Optional<Instant> expiration) {}
