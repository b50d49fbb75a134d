// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.registration;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.Deletion;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;

/** Keeps the node's {@code <remoteCSE>} at its registrar. */
public final class CseRegistration {
  /** Names the CREATE of the {@code <remoteCSE>} among a node's pending requests. */
  public static final String REQUEST = "remoteCSE";

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final LocalCse own;

  /** That of the ASN-CSE which this client is. */
  public CseRegistration(StateKeeper keeper, ServerClock clock) {
    this(keeper, clock, LocalCse.ASN);
  }

  /**
   * @param own the CSE that registers
   */
  public CseRegistration(StateKeeper keeper, ServerClock clock, LocalCse own) {
    this.keeper = keeper;
    this.clock = clock;
    this.own = own;
  }

  /**
   * Registers, or finds the registration that stands: the one the state knows of, or after 4117 the
   * one that an answer was lost of.
   *
   * @param sender a session with the registrar
   */
  public CompletionStage<NodeState> run(Sender sender) {
    if (keeper.state().registration(Function.CSE).isEmpty()) {
      return create(sender);
    }
    return sender
        .send(request(Operation.RETRIEVE).build())
        .thenCompose(
            answer ->
                answer.status() == ResponseStatusCode.NOT_FOUND
                    ? create(sender)
                    : CompletableFuture.completedFuture(keep(successful(answer))));
  }

  /** Asks for the longest expirationTime that the registrar allows. */
  public CompletionStage<NodeState> prolong(Sender sender) {
    Attributes update = Attributes.builder().put("et", M2mTimestamp.NEVER).build();
    RequestPrimitive request = request(Operation.UPDATE).content(representation(update)).build();
    return sender
        .send(request)
        .thenApply(
            answer -> {
              if (answer.status() == ResponseStatusCode.NOT_FOUND) {
                return keeper.update(
                    state -> state.toBuilder().withoutRegistration(Function.CSE).build());
              }
              return keep(successful(answer));
            });
  }

  /**
   * Has the registrar know which CSEs are below this one (TS-0004 clause 7.4.4.2.3): their requests
   * come over its association.
   *
   * <p>Fails with {@link RefusedAnswerException} where the registrar does not take one of them.
   *
   * @param descendants all of them, SP-relative
   */
  public CompletionStage<Void> announce(Sender sender, Collection<CseId> descendants) {
    List<String> all = descendants.stream().map(CseId::value).sorted().toList();
    Attributes.Builder update = Attributes.builder();
    if (all.isEmpty()) {
      update.put("dcse", AttributeValue.Nothing.NOTHING);
    } else {
      update.put("dcse", all);
    }
    return sender
        .require(request(Operation.UPDATE).content(representation(update.build())).build())
        .thenAccept(answer -> {});
  }

  /** Deregisters (TS-0004 clause 7.4.4.2.4); the resources below go with it. */
  public CompletionStage<Void> delete(Sender sender) {
    return Deletion.of(sender, request(Operation.DELETE));
  }

  private CompletionStage<NodeState> create(Sender sender) {
    ClientConfiguration configuration = configuration();
    Attributes.Builder wanted =
        Attributes.builder()
            .put("rn", configuration.cseId().stem())
            .put("cst", own.type())
            .put("cb", own.baseAddress(configuration))
            .put("csi", configuration.cseId().spRelative().value())
            .put("rr", true)
            .put("srv", OwnCse.RELEASES)
            .put("csz", OwnCse.SERIALIZATIONS);
    if (!own.pointsOfAccess().isEmpty()) {
      wanted.put("poa", own.pointsOfAccess());
    }
    RequestPrimitive request =
        RequestPrimitive.builder(
                Operation.CREATE,
                OwnCse.registrarBase(configuration),
                RequestIds.persisted(keeper, REQUEST))
            .from(configuration.cseId().spRelative().value())
            .resourceType(CseResources.REMOTE_CSE.code())
            .content(representation(wanted.build()))
            .build();
    return sender
        .send(request)
        .thenCompose(
            answer ->
                answer.status() == ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED
                    ? adopt(sender)
                    : CompletableFuture.completedFuture(keep(successful(answer))));
  }

  private CompletionStage<NodeState> adopt(Sender sender) {
    return sender.require(request(Operation.RETRIEVE).build()).thenApply(this::keep);
  }

  private NodeState keep(ResponsePrimitive answer) {
    Attributes given =
        answer
            .content()
            .filter(content -> content.root().equals(CseResources.REMOTE_CSE.root()))
            .map(Representation::attributes)
            .orElseThrow(() -> new BadAnswerException("no <remoteCSE>"));
    return keeper.update(
        state -> {
          String resourceId =
              given
                  .text("ri")
                  .or(() -> state.registration(Function.CSE).map(Registration::resourceId))
                  .orElseThrow(() -> new BadAnswerException("<remoteCSE> without a resourceID"));
          NodeState.Builder next = state.toBuilder();
          clock.setBy(given, false, state, next);
          return next.registration(
                  Function.CSE, new Registration(resourceId, clock.leaseOf(given, next.build())))
              .failures(state.associationRung(), 0)
              .answered(REQUEST)
              .withoutTrouble()
              .build();
        });
  }

  private RequestPrimitive.Builder request(Operation operation) {
    ClientConfiguration configuration = configuration();
    return RequestPrimitive.builder(
            operation, OwnCse.remoteAddress(configuration), RequestIds.random())
        .from(configuration.cseId().spRelative().value());
  }

  private static Representation representation(Attributes attributes) {
    return Representation.of(CseResources.REMOTE_CSE.root(), attributes);
  }

  private static ResponsePrimitive successful(ResponsePrimitive answer) {
    if (!answer.status().isSuccess()) {
      throw new RefusedAnswerException(answer);
    }
    return answer;
  }

  private ClientConfiguration configuration() {
    return keeper.state().configuration().orElseThrow();
  }
}
