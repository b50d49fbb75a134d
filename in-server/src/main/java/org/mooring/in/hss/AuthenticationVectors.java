// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.hss;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.Auts;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;

/**
 * Gives authentication vectors, one for each authentication (TS 33.102 clause 6.3.2). No method
 * waits. Stages fail where the answer is not to be had, with a reason without secrets.
 */
public interface AuthenticationVectors {
  /** A fresh vector; empty for an unknown subscriber. */
  CompletionStage<Optional<AuthenticationVector>> next(Impi impi);

  /**
   * A vector that a USIM will take whose sequence numbers stand elsewhere (TS 33.102 clause 6.3.5).
   *
   * @param rand the challenge that the USIM found stale
   * @param auts where it says its numbers stand
   * @return empty for an unknown subscriber, or a token that its USIM did not make
   */
  CompletionStage<Optional<AuthenticationVector>> resynchronised(Impi impi, Rand rand, Auts auts);
}
