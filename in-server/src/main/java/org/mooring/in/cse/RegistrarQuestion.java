// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;

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
 * @param tracking of an AE that takes a stem of this CSE's along; empty for any other
 */
public record RegistrarQuestion(
    AeId stem,
    String appId,
    KeyIdentifier association,
    Optional<Instant> until,
    ReleaseVersion release,
    String requestId,
    Optional<Instant> expiration,
    Optional<Tracking> tracking) {
  /**
   * Where an AE registers that takes its stem along (case f).
   *
   * @param before its registration here, which the registrar is asked about first: the AE may have
   *     left and come back; empty if there is none
   */
  public record Tracking(Optional<TrackedAe> before) {}

  /** What is held against the service subscription. */
  public AeRegistration registration(CredentialId credential) {
    return new AeRegistration(Optional.of(credential), appId, stem.value());
  }
}
