// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.security.PublicKey;
import java.time.Instant;

/**
 * A key pair on secp256r1 that signs tokens, or signed them. Its private key is kept apart, sealed,
 * and wiped once another one signs.
 *
 * @param kid the thumbprint of the public key (RFC 7638)
 * @param verifiesUntil when the last token that it signed ends; {@link
 *     org.mooring.common.primitive.M2mTimestamp#NEVER} while it signs
 */
public record SigningKey(
    String kid, PublicKey publicKey, Instant createdAt, Instant verifiesUntil) {}
