// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.key.SecretKeyBytes;

/**
 * A key pair that the node made to have it certified, kept before its request is sent: the answer
 * may be lost, and the same key asked for again.
 *
 * @param key the private key's PKCS#8 encoding
 * @param publicKey the public key's SubjectPublicKeyInfo in DER
 */
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
public record CertificateKey(SecretKeyBytes key, byte[] publicKey) {}
