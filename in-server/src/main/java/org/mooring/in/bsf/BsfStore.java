// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import org.mooring.in.mef.EnroleeStore;

/** What one transaction offers to the BSF. */
public interface BsfStore extends EnroleeStore {
  ChallengeRepository challenges();
}
