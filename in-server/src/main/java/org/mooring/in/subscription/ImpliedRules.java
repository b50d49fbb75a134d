// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.subscription;

import org.mooring.common.identifier.KeyIdentifier;

/**
 * What enrolment and application association write into the service subscription, within one
 * transaction: it comes and goes in the commit of what implies it, and what the operator wrote is
 * never touched. Where the store has no IN-CSE's tree, nothing is written.
 */
public interface ImpliedRules {
  /**
   * A node was enrolled, or its subscription goes on: its {@code <serviceSubscribedNode>}, and if
   * it has applications without a CSE, for each of them the {@code <serviceSubscribedAppRule>} that
   * lets it register under its AE-ID and no other. What is there already stays as it is.
   *
   * @param actor for the audit log
   */
  void enrolled(EnrolledEntity enrolled, String actor);

  /** An enrolee was revoked or its subscription ended: what its enrolment implied goes. */
  void ended(EnrolledEntity enrolled, String actor);

  /**
   * An instance was associated: the {@code <serviceSubscribedAppRule>} that adds it to the
   * subscription of its CSE, with exactly this credential, App-ID and AE-ID.
   */
  void associated(AssociatedInstance instance, String actor);

  /** The key of an instance was revoked or is gone, and its rule with it. */
  void ended(KeyIdentifier kaId, String actor);
}
