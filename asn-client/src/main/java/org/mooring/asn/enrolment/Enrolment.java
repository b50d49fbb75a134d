// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.TentativeKey;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.TrustResourceNames;

/**
 * Remote security provisioning at the MEF (TS-0003 clauses 8.3.2.1 and 8.3.2.2): the node registers
 * as a client, learns its configuration, and both ends export Ke.
 */
public final class Enrolment {
  private static final String REGISTRATION = "mefClientReg";

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final RegistrationObserver observer;

  public Enrolment(StateKeeper keeper, ServerClock clock, RegistrationObserver observer) {
    this.keeper = keeper;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Runs in a session of its own.
   *
   * @param session the exchange's, from which nothing was exported
   * @param opener the rung whose credential it was opened with
   * @param parent that credential's identity
   */
  public CompletionStage<NodeState> run(
      Exchange exchange, SecureSession session, Rung opener, KeyIdentifier parent) {
    return register(exchange, opener)
        .thenCompose(enrolled -> registerKey(exchange, session, enrolled, opener, parent));
  }

  /**
   * Learns the configuration of a node that has a Ks, in a session of its own; the keys for other
   * functions follow from that Ks (TS-0003 clause 8.3.2.3), so that none is registered.
   *
   * @param exchange not connected yet, opened under a B-TID
   */
  public CompletionStage<NodeState> configure(Exchange exchange) {
    boolean clockWasSet = keeper.state().clockIsSet();
    return exchange
        .connect()
        .thenCompose(session -> register(exchange, Rung.BOOTSTRAP))
        .thenApply(
            configured ->
                keeper.update(
                    state -> {
                      HeldKey sessionKey = state.key(Rung.ENROLMENT).orElseThrow();
                      NodeState.Builder next =
                          enrolled(state, state.toBuilder(), sessionKey.parent())
                              .failures(Rung.ENROLMENT, 0);
                      if (!clockWasSet) {
                        releaseIn(state, next, sessionKey);
                      }
                      return next.build();
                    }));
  }

  /** The lease of a key that was made before the node knew the time. */
  private void releaseIn(NodeState state, NodeState.Builder next, HeldKey held) {
    next.key(
        Rung.ENROLMENT,
        new HeldKey(
            held.id(), held.key(), held.parent(), clock.leaseUntil(held.lease().expires(), state)));
  }

  private CompletionStage<NodeState> register(Exchange exchange, Rung opener) {
    String requestId = RequestIds.persisted(keeper, REGISTRATION);
    NodeState state = keeper.state();
    List<String> offer =
        OfferedMethods.of(state, opener, clock.now(state))
            .map(MethodOffer::labels)
            .orElse(List.of());
    return ClientRegistration.create(
            exchange, state.bootstrap().mef(), TrustResourceNames.MEF_CLIENT_REG, offer, requestId)
        .thenApply(this::keepRegistration);
  }

  private NodeState keepRegistration(Attributes answer) {
    ClientConfiguration configuration =
        answer
            .members(TrustResourceNames.CLIENT_CONFIGURATION)
            .flatMap(ClientConfiguration::from)
            .filter(ClientConfiguration::isOfCse)
            .orElseThrow(() -> new BadAnswerException("no usable client configuration"));
    String resourceId = answer.text(TrustResourceNames.RESOURCE_ID).orElseThrow();
    return keeper.update(
        state -> {
          NodeState.Builder next = state.toBuilder().configuration(configuration);
          clock.setBy(answer, false, state, next);
          next.registration(
              Function.MEF, new Registration(resourceId, clock.leaseOf(answer, next.build())));
          observer.answered(answer, next);
          return next.build();
        });
  }

  private CompletionStage<NodeState> registerKey(
      Exchange exchange,
      SecureSession session,
      NodeState enrolled,
      Rung opener,
      KeyIdentifier parent) {
    MefCredential bootstrap = enrolled.bootstrap();
    ClientConfiguration configuration = enrolled.configuration().orElseThrow();
    boolean direct = configuration.path() == EnrolmentPath.DIRECT;
    KeyUsage usage = direct ? KeyUsage.PROVISIONED_FOR_ASSOCIATION : KeyUsage.PROVISIONED_FOR_MAF;
    String target = direct ? configuration.registrar().value() : configuration.maf().value();
    TentativeKey exported =
        KeyRegistration.export(session, ExporterLabel.BOOTSTRAP, bootstrap.mef(), parent);
    keeper.update(
        state ->
            state.toBuilder().keys(held -> held.withTentative(Rung.ENROLMENT, exported)).build());
    return KeyRegistration.register(exchange, bootstrap.mef(), usage, target, exported)
        .thenApply(answer -> keepKey(answer, exported, opener));
  }

  /**
   * Makes the tentative key the node's own, for its target has just taken it. The lost answer would
   * have told when it ends: not after the registration that it came from. So the next key is asked
   * for at once, or this one would be used past its end.
   */
  public NodeState confirm() {
    return keeper.update(
        state -> {
          TentativeKey taken = state.keys().tentative(Rung.ENROLMENT).orElseThrow();
          Instant end =
              state
                  .registration(Function.MEF)
                  .map(held -> held.lease().expires())
                  .orElseGet(() -> clock.now(state));
          return enrolled(state, state.toBuilder(), taken.parent())
              .key(Rung.ENROLMENT, taken.confirmed(clock.leaseOfUnknownEnd(end, state)))
              .build();
        });
  }

  private NodeState keepKey(Attributes answer, TentativeKey exported, Rung opener) {
    return keeper.update(
        state -> {
          NodeState.Builder next = state.toBuilder();
          clock.setBy(answer, true, state, next);
          return enrolled(state, next, exported.parent())
              .key(Rung.ENROLMENT, exported.confirmed(clock.leaseOf(answer, next.build())))
              .failures(opener, 0)
              .build();
        });
  }

  /** The MEF has enrolled the node with this credential: what others met is history. */
  private static NodeState.Builder enrolled(
      NodeState state, NodeState.Builder next, KeyIdentifier credential) {
    return next.factory(state.factories().enrolledWith(credential)).answered(REGISTRATION);
  }
}
