// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

/**
 * A public key as a JWK of kty {@code EC}, crv {@code P-256}, use {@code sig} and alg {@code ES256}
 * (RFC 7517, RFC 7518 clause 6.2).
 *
 * @param kid its thumbprint (RFC 7638)
 * @param x base64url of a coordinate, 32 octets
 * @param y the other
 */
public record PublicJwk(String kid, String x, String y) {}
