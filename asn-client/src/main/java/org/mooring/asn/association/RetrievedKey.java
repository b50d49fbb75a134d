// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.subscription.CredentialId;

/**
 * A key that another client registered for this one, its target.
 *
 * @param key as the function gives it to this target; whoever has it destroys it
 * @param client the absolute id of the client that registered it
 * @param usage the one security feature that it may serve
 * @param expires when it ends, in the function's time
 * @param credential the Credential-ID of an association by it (TS-0003 clause 8.2.2.3); empty where
 *     the function does not tell
 */
public record RetrievedKey(
    SecretKeyBytes key,
    EntityId client,
    KeyUsage usage,
    Instant expires,
    Optional<CredentialId> credential) {}
