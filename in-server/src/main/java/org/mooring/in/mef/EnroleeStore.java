// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import org.mooring.in.command.CommandStore;

/** What one transaction offers to the MEF. */
public interface EnroleeStore extends CommandStore {
  EnroleeRepository enrolees();
}
