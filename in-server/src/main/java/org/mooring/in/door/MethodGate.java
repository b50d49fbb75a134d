// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import java.util.concurrent.CompletionException;
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
  private final HandshakeRecord refusals;

  /**
   * @param refusals takes note of them, as of handshakes that fail: any node may go on trying
   */
  public MethodGate(MethodCheck methods, HandshakeRecord refusals) {
    this.methods = methods;
    this.refusals = refusals;
  }

  /**
   * @throws MethodRefusedException if the method of the session is not taken
   */
  void require(EnroleeStore tx, Credential session) {
    methods.require(tx, session);
  }

  /**
   * The failure of a request as its answer is to tell it. One for the method's sake is recorded.
   *
   * @param refusal what stands for that in the answer
   */
  CompletionException told(LiveSession live, Throwable failure, RuntimeException refusal) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof MethodRefusedException refused)) {
      return new CompletionException(cause);
    }
    refusals.failed(
        HandshakeRecord.text(live.session().peer()),
        Optional.of(live.credential().toString()),
        refused.detail());
    return new CompletionException(refusal);
  }
}
