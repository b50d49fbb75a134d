// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import org.mooring.in.mef.EnroleeStore;

/** What one transaction offers to the procedures on groups. */
public interface GroupStore extends EnroleeStore {
  GroupRepository groups();
}
