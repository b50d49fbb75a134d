// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.time.Instant;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A challenge that a node is to answer.
 *
 * @param rand tells it from others
 * @param expectedResponse XRES
 * @param sessionKey Ks, 32 octets
 * @param expiresAt until when it may be answered
 */
public record PendingChallenge(
    Impi impi,
    Rand rand,
    SecretKeyBytes expectedResponse,
    SecretKeyBytes sessionKey,
    Instant expiresAt) {

  static PendingChallenge of(Impi impi, AuthenticationVector vector, Instant expiresAt) {
    return new PendingChallenge(
        impi, vector.rand(), vector.expectedResponse(), vector.sessionKey(), expiresAt);
  }
}
