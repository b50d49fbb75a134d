// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;

/**
 * What an operator can ask of a running server about service subscriptions, in the manner of {@link
 * AdminService}. Each is a resource of the IN-CSE.
 *
 * <p>Documents of profiles have {@code profile} and their {@code nodes}, each with {@code node},
 * {@code csi} and {@code rules}; those of rules have {@code rule}, {@code credentials}, {@code
 * apps}, {@code aes}, {@code roles} and {@code roaming}, of which those are left out that the rule
 * does not have. Both have their {@code source}: {@code operator}, or {@code enrolment} or {@code
 * association} for what one of these implied, which the operator does not change. A rule of that
 * kind has its {@code registrar} too, and that of an instance its {@code token} and {@code
 * accessPolicy}.
 */
public interface SubscriptionAdmin {
  /** Makes a profile; while there is none, every AE may register. */
  CompletionStage<Attributes> create(ResourceName profile);

  /**
   * All {@code profiles} and the operator's {@code rules}, 1,000 of each at most; the profile that
   * is implied without its nodes.
   */
  CompletionStage<Attributes> list();

  /** The {@code profiles} that an enrolee is in, and 1,000 {@code rules} implied for it at most. */
  CompletionStage<Attributes> list(KeyIdentifier node);

  /** One profile or rule. */
  CompletionStage<Attributes> show(ResourceName name);

  /**
   * Makes a rule or gives it other elements.
   *
   * @param elements {@code credentials}, {@code apps}, {@code aes} and {@code roles}; {@code
   *     roaming} true for AEs of which there is one each, wherever they register; those that are
   *     left out it has not
   */
  CompletionStage<Attributes> setRule(ResourceName rule, Attributes elements);

  /**
   * Has these rules, and no others of this profile, say which AEs may register with a CSE.
   *
   * @param node the enrolee whose CSE it is; empty for the IN-CSE itself
   * @param rules none: nobody may
   */
  CompletionStage<Attributes> link(
      ResourceName profile, Optional<KeyIdentifier> node, List<ResourceName> rules);

  /** Takes a node out of a profile. */
  CompletionStage<Attributes> unlink(ResourceName profile, Optional<KeyIdentifier> node);

  /** Deletes a profile with its nodes, or a rule; links to it lead nowhere then. */
  CompletionStage<Attributes> remove(ResourceName name);

  /**
   * Tells whether an AE may register with a CSE, and by what that is decided; of an entry of the
   * audit log the same for a CSE.
   */
  CompletionStage<Attributes> explain(ExplainOrder order);
}
