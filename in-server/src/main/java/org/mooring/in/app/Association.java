// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;

/**
 * An instance that was let in.
 *
 * @param name of the instance
 * @param instanceKey A, 32 octets; the caller destroys it
 * @param token the one that let it in
 * @param tokenEnd when the token ends; Ka ends strictly before
 * @param services what the instance may use
 * @param kaId the key that the instance has by this token; none: it needs its first
 */
public record Association(
    InstanceName name,
    SecretKeyBytes instanceKey,
    TokenId token,
    Instant tokenEnd,
    ApprovedServices services,
    Optional<KeyIdentifier> kaId) {}
