// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.in.command.CommandStore;
import org.mooring.in.dns.PublicNameStore;
import org.mooring.in.hss.SubscriberStore;

/** What one transaction offers to the MEF. */
public interface EnroleeStore extends CommandStore, SubscriberStore, PublicNameStore {
  EnroleeRepository enrolees();

  /**
   * What has the name at the registrar that the registration of a CSE would need.
   *
   * @param cse its SP-relative CSE-ID
   * @return the address of that resource; empty: the name is free
   */
  Optional<String> addressNamedAs(CseId cse);
}
