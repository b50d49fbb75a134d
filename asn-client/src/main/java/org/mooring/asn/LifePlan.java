// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/**
 * Decides what comes next: a pure function of what the node holds, the time, and the session with
 * its registrar.
 *
 * <p>While that session is down, the highest rung of credentials that can be used counts, so that
 * service comes back first. While it is up, what ends soon is renewed from the bottom upward: a new
 * Ke makes Km due, a new Km makes Kc due, a new Kc makes the session due.
 */
final class LifePlan {
  private final NodeState state;
  private final Instant now;

  private LifePlan(NodeState state, Instant now) {
    this.state = state;
    this.now = now;
  }

  /**
   * A step with the credential to open its session with.
   *
   * @param tentative whether that is the tentative key of the rung
   */
  record Move(LifeStep step, Rung rung, boolean tentative) {
    /** What it is for and where, for people. */
    String goal(NodeState state) {
      String where =
          switch (step) {
            case ENROL, CONFIGURE, RENEW_CERTIFICATE, COMMANDS -> state.bootstrap().mef().value();
            case AUTHENTICATE, ASSOCIATE, ASSOCIATE_APPLICATION ->
                state.configuration().orElseThrow().maf().value();
            case REGISTER, PROLONG -> state.configuration().orElseThrow().registrar().value();
          };
      return step.id() + " at " + where;
    }
  }

  /**
   * The next move; empty where all is well until {@link #restUntil}.
   *
   * @param now the server's time
   * @param link the identity under which the session with the registrar stands, if it does
   */
  static Optional<Move> next(NodeState state, Instant now, Optional<KeyIdentifier> link) {
    LifePlan plan = new LifePlan(state, now);
    return link.isEmpty() ? Optional.of(plan.towardLink()) : plan.renewal(link.get());
  }

  /** When the first thing that the node holds is due. */
  static Instant restUntil(NodeState state) {
    Stream<Lease> keys =
        Stream.of(Rung.ENROLMENT, state.associationRung())
            .flatMap(rung -> state.key(rung).stream())
            .map(HeldKey::lease);
    Stream<Lease> registrations =
        Stream.of(Function.MAF, Function.CSE)
            .flatMap(function -> state.registration(function).stream())
            .map(Registration::lease);
    Stream<Lease> certificates =
        state.certificates().newest().map(IssuedCertificate::lease).stream();
    Stream<Instant> commands =
        hasCommands(state) ? Stream.of(state.commands().retrieveAt()) : Stream.empty();
    Stream<Instant> leases =
        Stream.of(keys, registrations, certificates).flatMap(all -> all).map(Lease::renewAt);
    Stream<Instant> applications = Stream.of(ApplicationPlan.restUntil(state));
    return Stream.of(leases, commands, applications)
        .flatMap(all -> all)
        .min(Instant::compareTo)
        .orElse(M2mTimestamp.NEVER);
  }

  private Move towardLink() {
    if (state.configuration().isEmpty()) {
      return fromTheFactory();
    }
    Rung top = state.associationRung();
    if (state.keys().hopeful(top).isPresent()) {
      return new Move(LifeStep.REGISTER, top, true);
    }
    if (state.isUsable(top, now)) {
      return new Move(LifeStep.REGISTER, top, false);
    }
    return towardAssociationKey();
  }

  private Move towardAssociationKey() {
    if (state.isOnPath(EnrolmentPath.MAF)) {
      if (state.keys().hopeful(Rung.ENROLMENT).isPresent()) {
        return new Move(LifeStep.AUTHENTICATE, Rung.ENROLMENT, true);
      }
      boolean enrolmentKeyIsUsable = state.isUsable(Rung.ENROLMENT, now);
      if (state.isUsable(Rung.MAF, now) && (mafKeyIsOfEnrolmentKey() || !enrolmentKeyIsUsable)) {
        return towardKc(Rung.MAF);
      }
      if (enrolmentKeyIsUsable) {
        return new Move(LifeStep.AUTHENTICATE, Rung.ENROLMENT, false);
      }
    }
    return fromTheFactory();
  }

  /** The way up with what the node came with, also where that failed: there is nothing below. */
  private Move fromTheFactory() {
    Rung lowest = state.factory().rung();
    return switch (lowest) {
      case BOOTSTRAP, CERTIFICATE, ENROLMENT ->
          isToBeConfigured()
              ? new Move(LifeStep.CONFIGURE, Rung.ENROLMENT, false)
              : atMef(state, now, LifeStep.ENROL);
      case MAF -> towardKc(lowest);
      case ASSOCIATION -> new Move(LifeStep.REGISTER, lowest, false);
    };
  }

  /** At the MEF with the newest certificate that fits, else with what the node came with. */
  static Move atMef(NodeState state, Instant now, LifeStep step) {
    if (state.certificates().hopeful(now).isPresent()) {
      return new Move(step, Rung.CERTIFICATE, true);
    }
    Rung opener = state.isCertificateUsable(now) ? Rung.CERTIFICATE : Rung.BOOTSTRAP;
    return new Move(step, opener, false);
  }

  /**
   * Whether a node with a USIM has a Ks and nothing registered with the MEF under it. Before a
   * server told the time, a Ks counts as alive: the node's clock may be years ahead.
   */
  private boolean isToBeConfigured() {
    if (!(state.factory() instanceof UsimCredential)
        || state.registration(Function.MEF).isPresent()) {
      return false;
    }
    Optional<HeldKey> sessionKey =
        state.key(Rung.ENROLMENT).filter(key -> TransactionId.isTransactionId(key.id()));
    return sessionKey.isPresent()
        && !state.keys().isLost(Rung.ENROLMENT)
        && (sessionKey.get().lease().isAliveAt(now) || !state.clockIsSet());
  }

  /** With a Km: through the registration with the MAF where there is none. */
  private Move towardKc(Rung maf) {
    return new Move(isAlive(Function.MAF) ? LifeStep.ASSOCIATE : LifeStep.AUTHENTICATE, maf, false);
  }

  private Optional<Move> renewal(KeyIdentifier link) {
    Rung top = state.associationRung();
    if (state.cameWith(Rung.BOOTSTRAP)
        && isDue(Rung.ENROLMENT)
        && state.keys().hopeful(Rung.ENROLMENT).isEmpty()) {
      return Optional.of(atMef(state, now, LifeStep.ENROL));
    }
    if (isToBeConfigured()) {
      return Optional.of(new Move(LifeStep.CONFIGURE, Rung.ENROLMENT, false));
    }
    if (state.keys().hopeful(top).isPresent()) {
      return Optional.of(new Move(LifeStep.REGISTER, top, true));
    }
    if (state.isOnPath(EnrolmentPath.MAF)) {
      if (state.keys().hopeful(Rung.ENROLMENT).isPresent() || isNewEnrolmentKeyToBeUsed()) {
        return Optional.of(towardAssociationKey());
      }
      if (isDue(Function.MAF)) {
        Rung opener = state.isUsable(Rung.MAF, now) ? Rung.MAF : Rung.ENROLMENT;
        return Optional.of(new Move(LifeStep.AUTHENTICATE, opener, false));
      }
      if (isDue(Rung.ASSOCIATION) || !associationKeyIsOfMafKey()) {
        return Optional.of(towardAssociationKey());
      }
    }
    boolean linkIsCurrent = state.key(top).filter(key -> key.id().equals(link)).isPresent();
    if (!linkIsCurrent || state.registration(Function.CSE).isEmpty()) {
      return Optional.of(new Move(LifeStep.REGISTER, top, false));
    }
    if (isDue(Function.CSE)) {
      return Optional.of(new Move(LifeStep.PROLONG, top, false));
    }
    if (ApplicationPlan.next(state, now).isPresent()) {
      return Optional.of(new Move(LifeStep.ASSOCIATE_APPLICATION, Rung.MAF, false));
    }
    if (isCertificateDue()) {
      return Optional.of(atMef(state, now, LifeStep.RENEW_CERTIFICATE));
    }
    return hasCommands(state) && state.commands().isDueAt(now)
        ? Optional.of(atMef(state, now, LifeStep.COMMANDS))
        : Optional.empty();
  }

  /** Whether there is a MEF that may have some. */
  private static boolean hasCommands(NodeState state) {
    return state.cameWith(Rung.BOOTSTRAP) && state.registration(Function.MEF).isPresent();
  }

  /** It comes late: no service hangs on it as long as there is another way to the MEF. */
  private boolean isCertificateDue() {
    return state.certificates().newest().filter(held -> held.lease().isDueAt(now)).isPresent();
  }

  /** Or of the factory: nothing newer stands below it. */
  private boolean mafKeyIsOfEnrolmentKey() {
    return state.cameWith(Rung.MAF) || isChild(Rung.MAF, Rung.ENROLMENT);
  }

  /** A Ke that the MAF does not take leaves the Km from before, until the next Ke. */
  private boolean isNewEnrolmentKeyToBeUsed() {
    boolean isOldMafKeyAllThereIs =
        state.isUsable(Rung.MAF, now) && !state.isUsable(Rung.ENROLMENT, now);
    return !mafKeyIsOfEnrolmentKey() && !isOldMafKeyAllThereIs;
  }

  private boolean associationKeyIsOfMafKey() {
    return isChild(Rung.ASSOCIATION, Rung.MAF);
  }

  private boolean isChild(Rung child, Rung parent) {
    Optional<KeyIdentifier> present = state.key(parent).map(HeldKey::id);
    return present.isPresent() && state.key(child).map(HeldKey::parent).equals(present);
  }

  private boolean isAlive(Function function) {
    return state.registration(function).filter(held -> held.lease().isAliveAt(now)).isPresent();
  }

  private boolean isDue(Function function) {
    return state.registration(function).filter(held -> !held.lease().isDueAt(now)).isEmpty();
  }

  private boolean isDue(Rung rung) {
    return state.key(rung).filter(key -> !key.lease().isDueAt(now)).isEmpty();
  }
}
