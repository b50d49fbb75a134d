// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.usim.BootstrappingFailedException;
import org.mooring.asn.usim.UsimUnavailableException;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKeys;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What a failure says about the credentials and registrations that a node holds. None deletes a
 * credential: a lost rung is only passed over, until a new key stands on it or, once the factory
 * credentials do not fit either, every rung gets another chance.
 */
final class Setbacks {
  private Setbacks() {}

  /**
   * What a failure means for the next try.
   *
   * @param goesOn whether an enrolment goes on to the next factory credential
   * @param leavesAnotherMove whether another move may do, so that there is nothing to wait for
   * @param reason what it says to people; also that, and with what, an enrolment goes on
   */
  record Judgement(boolean goesOn, boolean leavesAnotherMove, String reason) {}

  /**
   * Judges a failure.
   *
   * @param again whether the same move failed in the same way just before
   */
  static Judgement judge(NodeState state, LifePlan.Move move, Throwable cause, boolean again) {
    String reason = Failures.reasonOf(cause);
    if (!losesFactoryCredential(state, move, cause, again)) {
      return new Judgement(false, leavesAnotherMove(move, cause, again), reason);
    }
    NodeState next = passedOver(state, cause);
    String told = state.factories().hasOthers() ? reasonToGoOn(state, next, cause, reason) : reason;
    return new Judgement(true, next.factories().isOpenInUse(), told);
  }

  /**
   * The state after a failure.
   *
   * @param again whether the same move failed in the same way just before
   */
  static NodeState after(NodeState state, LifePlan.Move move, Throwable cause, boolean again) {
    int weight = weightOf(state, move, cause, again);
    if (weight > 0) {
      return losesFactoryCredential(state, move, cause, again)
          ? passedOver(state, cause)
          : keyDidNotFit(state, move, weight);
    }
    if (cause instanceof RefusedAnswerException refused) {
      return refused(state, move, refused.status());
    }
    return cause instanceof BadAnswerException ? discardExported(state, move) : state;
  }

  /**
   * How much a failure counts against the credential that was shown: nothing as long as the peer
   * did not answer, so that whoever holds datagrams back does not choose the credential.
   */
  private static int weightOf(NodeState state, LifePlan.Move move, Throwable cause, boolean again) {
    if (cause instanceof HandshakeFailedException handshake) {
      return switch (handshake.stage()) {
        case NO_ANSWER -> 0;
        case LAST_FLIGHT -> isRefusedInSilence(state, move.rung()) ? 1 : 0;
        case REFUSED -> 1;
      };
    }
    if (cause instanceof UsimUnavailableException) {
      return 1;
    }
    if (cause instanceof BootstrappingFailedException bootstrapping) {
      return bootstrapping.isRefusal() ? 1 : 0;
    }
    // Once it may be the session that ended; in a new session it is the credential.
    return isAnotherAssociationWanted(cause) && again ? HeldKeys.FAILURES_TO_LOSE_A_RUNG : 0;
  }

  /**
   * A pre-shared key that does not fit is met by silence at the last flight. A certificate or
   * public key is refused with an alert: silence then is somebody who holds datagrams back.
   */
  private static boolean isRefusedInSilence(NodeState state, Rung rung) {
    return switch (rung) {
      case CERTIFICATE -> false;
      case BOOTSTRAP ->
          state.bootstrap().method() == EnrolmentMethod.PSK
              || state.bootstrap().method() == EnrolmentMethod.GBA;
      case ENROLMENT, MAF, ASSOCIATION ->
          !(state.factory() instanceof PreProvisionedKeyPair && state.cameWith(rung));
    };
  }

  private static boolean isAnotherAssociationWanted(Throwable cause) {
    return cause instanceof RefusedAnswerException refused
        && refused.status() == ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED;
  }

  /**
   * Whether the factory credential in use has failed so often that an enrolment goes on to the next
   * one. Elsewhere it is not at stake: the MEF has let it in before.
   */
  private static boolean losesFactoryCredential(
      NodeState state, LifePlan.Move move, Throwable cause, boolean again) {
    boolean isAtStake =
        switch (move.step()) {
          case ENROL -> move.rung() == Rung.BOOTSTRAP;
          // The Ks is fresh: if it does not fit there is no use in another one.
          case CONFIGURE -> state.factories().hasOthers();
          default -> false;
        };
    int weight = weightOf(state, move, cause, again);
    return isAtStake
        && weight > 0
        && state.failures(move.rung()) + weight >= HeldKeys.FAILURES_TO_LOSE_A_RUNG;
  }

  private static NodeState passedOver(NodeState state, Throwable cause) {
    FactoryCredentials next =
        state.factories().passedOver(verdictAfter(cause), Failures.reasonOf(cause));
    NodeState.Builder after = state.toBuilder().factory(next).failures(Rung.BOOTSTRAP, 0);
    return (next.isFirstInUse() ? after.keys(HeldKeys::withoutFailures) : after).build();
  }

  private static Verdict verdictAfter(Throwable cause) {
    if (cause instanceof UsimUnavailableException) {
      return Verdict.ABSENT;
    }
    return isAnotherAssociationWanted(cause) ? Verdict.BARRED : Verdict.REFUSED;
  }

  private static String reasonToGoOn(
      NodeState state, NodeState next, Throwable cause, String reason) {
    String trying = "; trying " + next.bootstrap().method().text();
    return cause instanceof UsimUnavailableException
        ? reason + trying
        : "the MEF does not take " + inWords(state.bootstrap()) + ": " + reason + trying;
  }

  private static String inWords(MefCredential credential) {
    return switch (credential.method()) {
      case PSK -> "the Kpm";
      case CERTIFICATE -> "the certificate";
      case RPK -> "the raw public key";
      case GBA -> "the USIM";
    };
  }

  /** A refused tentative key and an ended session have another move that may do. */
  private static boolean leavesAnotherMove(LifePlan.Move move, Throwable cause, boolean again) {
    if (cause instanceof HandshakeFailedException handshake) {
      return move.tentative() && handshake.stage() != HandshakeFailedException.Stage.NO_ANSWER;
    }
    return isAnotherAssociationWanted(cause) && !again;
  }

  /**
   * Commands wait for the next visit where the MEF refuses them, or stays away, and applications
   * likewise at the MAF, so that what comes after them has its turn.
   */
  static boolean postpones(LifePlan.Move move, Throwable cause, int failures) {
    boolean isSilence =
        cause instanceof NoAnswerException
            || (cause instanceof HandshakeFailedException handshake
                && handshake.stage() == HandshakeFailedException.Stage.NO_ANSWER);
    boolean canWait =
        move.step() == LifeStep.COMMANDS || move.step() == LifeStep.ASSOCIATE_APPLICATION;
    return canWait && (!isSilence || failures >= HeldKeys.FAILURES_TO_LOSE_A_RUNG);
  }

  private static NodeState refused(NodeState state, LifePlan.Move move, ResponseStatusCode status) {
    if (status == ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED) {
      return state;
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
      return state.toBuilder().keys(held -> held.refused(rung)).build();
    }
    int failures = state.failures(rung) + weight;
    return state.cameWith(rung) && failures >= HeldKeys.FAILURES_TO_LOSE_A_RUNG
        ? state.toBuilder().keys(HeldKeys::withoutFailures).build()
        : state.toBuilder().failures(rung, failures).build();
  }

  /** A key that the server refused to register, or answered with another one, exists nowhere. */
  private static NodeState discardExported(NodeState state, LifePlan.Move move) {
    return switch (move.step()) {
      case ENROL -> withoutTentative(state, Rung.ENROLMENT);
      case ASSOCIATE -> withoutTentative(state, Rung.ASSOCIATION);
      case CONFIGURE,
          AUTHENTICATE,
          REGISTER,
          PROLONG,
          ASSOCIATE_APPLICATION,
          RENEW_CERTIFICATE,
          COMMANDS ->
          state;
    };
  }

  private static NodeState withoutTentative(NodeState state, Rung rung) {
    return state.toBuilder().keys(held -> held.withoutTentative(rung)).build();
  }
}
