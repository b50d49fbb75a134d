// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.CseId;

/** The registrar, as it is told of the CSEs below this one. */
@FunctionalInterface
public interface Registrar {
  /**
   * Has {@code dcse} of this CSE's {@code <remoteCSE>} name these and no others. Never waits.
   *
   * <p>Fails with {@link org.mooring.asn.enrolment.RefusedAnswerException} where the registrar does
   * not take one of them, and otherwise where it is not reached.
   */
  CompletionStage<Void> announce(Collection<CseId> descendants);
}
