// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;

/** With whom each client may associate, as its enrolment and its application's token say. */
public interface Registrars {
  /**
   * The registrar that the enrolment of a client names.
   *
   * @param client absolute
   * @return SP-relative; empty for a client of the IN-CSE itself and for one that has no enrolment,
   *     or none any longer
   */
  Optional<CseId> registrarOf(EntityId client);

  /**
   * Whether the client is an instance of an application whose token names the target.
   *
   * @param client absolute
   * @param target absolute
   */
  boolean isGranted(EntityId client, EntityId target);
}
