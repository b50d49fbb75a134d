// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import org.mooring.in.command.CommandStore;
import org.mooring.in.hss.SubscriberStore;

/** What one transaction offers to the MEF. */
public interface EnroleeStore extends CommandStore, SubscriberStore {
  EnroleeRepository enrolees();
}
