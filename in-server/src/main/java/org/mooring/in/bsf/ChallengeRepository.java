// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.Optional;
import org.mooring.common.gba.Rand;

/** The challenges that may be answered, within one transaction; their keys are sealed. */
public interface ChallengeRepository {
  /** The one with this RAND, unless its time is over. */
  Optional<PendingChallenge> find(Rand rand);

  void add(PendingChallenge challenge);

  void remove(Rand rand);

  /**
   * Forgets those whose time is over.
   *
   * @return how many
   */
  int purge();
}
