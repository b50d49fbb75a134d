// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.primitive.ResponseStatusCode;

/**
 * What a failure says about the credentials and registrations that a node holds. None deletes a
 * credential: a lost rung is only passed over, until a new key stands on it or, once the factory
 * credential does not fit either, every rung gets another chance.
 */
final class Setbacks {
  private Setbacks() {}

  /**
   * The state after a failure.
   *
   * @param again whether the same move failed in the same way just before
   */
  static NodeState after(NodeState state, LifePlan.Move move, Throwable cause, boolean again) {
    if (cause instanceof HandshakeFailedException handshake) {
      // An alert counts like silence at the last flight: in both the peer answered.
      return handshake.stage() == HandshakeFailedException.Stage.NO_ANSWER
          ? state
          : keyDidNotFit(state, move, 1);
    }
    if (cause instanceof RefusedAnswerException refused) {
      return refused(state, move, refused.status(), again);
    }
    if (cause instanceof BadAnswerException) {
      return discardExported(state, move);
    }
    return state;
  }

  private static NodeState refused(
      NodeState state, LifePlan.Move move, ResponseStatusCode status, boolean again) {
    if (status == ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED) {
      // Once it may be the session that ended; in a new session it is the credential.
      return again ? keyDidNotFit(state, move, NodeState.FAILURES_TO_LOSE_A_RUNG) : state;
    }
    NodeState kept = discardExported(state, move);
    boolean mafForgot =
        move.rung() != Rung.BOOTSTRAP
            && ((move.step() == LifeStep.ASSOCIATE
                    && status == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE)
                || (move.step() == LifeStep.AUTHENTICATE
                    && status == ResponseStatusCode.NOT_FOUND));
    return mafForgot ? kept.toBuilder().withoutRegistration(Function.MAF).build() : kept;
  }

  private static NodeState keyDidNotFit(NodeState state, LifePlan.Move move, int weight) {
    Rung rung = move.rung();
    if (move.tentative() && rung == Rung.CERTIFICATE) {
      return state.toBuilder().certificates(state.certificates().refused()).build();
    }
    if (move.tentative()) {
      return state
          .tentativeKey(rung)
          .map(key -> state.toBuilder().tentativeKey(rung, key.asRefused()).build())
          .orElse(state);
    }
    int failures = state.failures(rung) + weight;
    return state.cameWith(rung) && failures >= NodeState.FAILURES_TO_LOSE_A_RUNG
        ? state.toBuilder().withoutFailures().build()
        : state.toBuilder().failures(rung, failures).build();
  }

  /** A key that the server refused to register, or answered with another one, exists nowhere. */
  private static NodeState discardExported(NodeState state, LifePlan.Move move) {
    return switch (move.step()) {
      case ENROL -> state.toBuilder().withoutTentativeKey(Rung.ENROLMENT).build();
      case ASSOCIATE -> state.toBuilder().withoutTentativeKey(Rung.ASSOCIATION).build();
      case CONFIGURE, AUTHENTICATE, REGISTER, PROLONG, RENEW_CERTIFICATE, COMMANDS -> state;
    };
  }
}
