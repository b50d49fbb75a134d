// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;

/** The registration points that are tracked, at the time of one transaction. */
public interface RegistrationPointRepository {
  /**
   * What is known of an AE at a registrar.
   *
   * @param ae SP-relative with its registrar
   */
  Optional<RegistrationPoint> find(AeId ae);

  /**
   * Where AEs of a stem are registered at the moment, the first by their AE-IDs.
   *
   * @param limit the most that are given
   */
  List<RegistrationPoint> current(String stem, int limit);

  /**
   * What an AE has left, the first by its AE-IDs there.
   *
   * @param next what these name as its AE-ID since, SP-relative with its registrar
   * @param limit the most that are given
   */
  List<RegistrationPoint> leftFor(AeId next, int limit);

  /** Keeps one, in place of what was known of that AE at that registrar. */
  void put(RegistrationPoint point);

  /** Forgets one; nothing if it is not known. */
  void forget(AeId ae);

  /** Forgets all that a CSE, or those below it, told of. */
  void forgetThrough(CseId association);
}
