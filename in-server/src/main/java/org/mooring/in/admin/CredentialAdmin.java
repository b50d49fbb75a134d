// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What an operator can ask of a running server about the several credentials of one enrolee, in the
 * manner of {@link AdminService}.
 */
public interface CredentialAdmin {
  /**
   * Adds a credential from the factory; answers like the addition of an enrolee.
   *
   * @param id any credential of the enrolee
   * @param order what {@link EnroleeOrder#readCredential} takes
   */
  CompletionStage<Attributes> add(KeyIdentifier id, EnroleeOrder order);

  /**
   * Takes one of several credentials away, with its sessions; what it led to goes on. Answers with
   * the enrolee.
   */
  CompletionStage<Attributes> remove(KeyIdentifier id, KeyIdentifier credential);

  /**
   * Sets the last method by which the enrolee may enrol. Answers with the enrolee.
   *
   * @param least none: any that the provider accepts
   */
  CompletionStage<Attributes> setMinMethod(KeyIdentifier id, Optional<EnrolmentMethod> least);
}
