// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.subscription.AeRegistration;

/**
 * Who says which AE-ID-Stem an AE gets with a registrar CSE (TS-0001 clause 10.2.2.2 steps 003 to
 * 006). At the IN-CSE that is the service subscription; another registrar has the IN-CSE's word.
 */
interface StemAssignment {
  /**
   * @param registrar SP-relative
   * @throws RegistrationRefusedException if the AE may not register
   */
  Assigned assign(Call call, CseId registrar, AeRegistration registration);

  /**
   * A stem that an AE gets.
   *
   * @param reason by what, in one line
   */
  record Assigned(AeId stem, String reason) {}
}
