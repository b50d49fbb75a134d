// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.LiveSession;
import org.mooring.in.mef.EnroleeStore;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodRefusedException;

/**
 * Stands before every request in a session that a node opened with a credential of its own, at the
 * MEF and at its EST alike: by the policy's will no such session does anything, whatever another
 * one registered before.
 */
public final class MethodGate {
  private final MethodCheck methods;
  private final RefusalRecord refusals;

  public MethodGate(MethodCheck methods, RefusalRecord refusals) {
    this.methods = methods;
    this.refusals = refusals;
  }

  /**
   * @throws MethodRefusedException if the method of the session is not taken
   */
  void require(EnroleeStore tx, Credential session) {
    methods.require(tx, session);
  }

  /** As {@link RefusalRecord#told}. */
  CompletionException told(
      LiveSession live,
      Throwable failure,
      Function<RecordedRefusalException, RuntimeException> answer) {
    return refusals.told(live.session().peer(), Optional.of(live.credential()), failure, answer);
  }
}
