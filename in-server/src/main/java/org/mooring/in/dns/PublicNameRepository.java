// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.time.Instant;
import java.util.List;
import org.mooring.common.identifier.CseId;

/**
 * What the DNS is to know of CSEs, at the time of one transaction. Where the provider has no DNS
 * server told, names need not be offered: {@link #offerRegistered} finds them out once it has.
 */
public interface PublicNameRepository {
  /**
   * The CSE is registered: its name is wanted from now on.
   *
   * @param cse SP-relative
   */
  void offer(CseId cse);

  /**
   * All CSEs that are registered now are wanted, but for those of compromised enrolees: they may
   * have registered while no names were offered.
   */
  void offerRegistered();

  /**
   * The CSE is registered no longer, or is not to be reached any more. Nothing for one whose name
   * is not wanted.
   *
   * @param cse SP-relative
   */
  void withdraw(CseId cse);

  /**
   * Takes names that the DNS is to be told of now: first those that it is to lose, then new ones,
   * then those that are told once more; of each those that wait longest. They count as told from
   * then on, since nobody can know where an update ended that was begun.
   *
   * @param limit the most to take
   * @param until when others may take them again, had this one never come back
   */
  List<PublicName> take(int limit, Instant until);

  /**
   * The DNS knows it as it is to be. A name that is not wanted is forgotten. Nothing if the name
   * changed since it was taken.
   *
   * @param again when the DNS is to be asked whether it still does
   */
  void settle(PublicName taken, Instant again);

  /**
   * It could not be told of this name. Nothing if the name changed since it was taken.
   *
   * @param problem one line with its remedy
   * @param again when it is to be tried again
   */
  void fail(PublicName taken, String problem, Instant again);

  /** Nothing was tried; it is due at this time. Nothing if the name changed since it was taken. */
  void putBack(PublicName taken, Instant due);

  /** Has all be told again, whatever was told before. */
  void repeatAll();

  Backlog backlog();

  /**
   * What is still to be done.
   *
   * @param pending names of which the DNS is to be told now
   * @param failing names that it did not take the last time
   */
  record Backlog(long pending, long failing) {
    static final Backlog NONE = new Backlog(0, 0);
  }
}
