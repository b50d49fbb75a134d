// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.Discovery;
import org.mooring.in.cse.Onward;
import org.mooring.in.cse.Originator;
import org.mooring.in.cse.RegistrarAskedException;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.gateway.Descent;
import org.mooring.in.gateway.Forwarding;
import org.mooring.in.gateway.RegistrarsWords;
import org.mooring.in.gateway.Turns;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.CredentialIds;
import org.mooring.in.store.Repositories;
import org.mooring.in.trust.RelayEndpoint;
import org.mooring.in.trust.SessionExport;
import org.mooring.in.trust.TrustEndpoint;

/** The functions behind the door, each called with what it may know. */
public final class Functions {
  private final ServiceProvider provider;
  private final Optional<TrustEndpoint<? super Repositories>> mef;
  private final Optional<TrustEndpoint<? super Repositories>> maf;
  private final CseEndpoint cse;
  private final Optional<RelayEndpoint<Repositories>> relay;
  private final Optional<Forwarding> forwarding;
  private final Descent descent;
  private final Turns turns = new Turns();
  private final Optional<RegistrarsWords> words;
  private final String links;

  private Functions(
      ServiceProvider provider,
      Optional<TrustEndpoint<? super Repositories>> mef,
      Optional<TrustEndpoint<? super Repositories>> maf,
      CseEndpoint cse,
      Optional<RelayEndpoint<Repositories>> relay,
      Optional<Forwarding> forwarding,
      Descent descent,
      Optional<RegistrarsWords> words,
      String links) {
    this.provider = provider;
    this.mef = mef;
    this.maf = maf;
    this.cse = cse;
    this.relay = relay;
    this.forwarding = forwarding;
    this.descent = descent;
    this.words = words;
    this.links = links;
  }

  /**
   * An MN-CSE, which is no MEF and no MAF.
   *
   * @param forwarding takes requests for other CSEs
   * @param descent takes those for CSEs that are registered here
   * @param words asks the registrar of AEs that register
   */
  public static Functions ofMiddleNode(
      ServiceProvider provider,
      CseEndpoint cse,
      Forwarding forwarding,
      Descent descent,
      RegistrarsWords words) {
    return new Functions(
        provider,
        Optional.empty(),
        Optional.empty(),
        cse,
        Optional.empty(),
        Optional.of(forwarding),
        descent,
        Optional.of(words),
        Discovery.ofCse(provider));
  }

  /**
   * The provider's MEF, MAF and IN-CSE.
   *
   * @param relay takes requests for the MAF in associations with the CSE, where it has any
   * @param descent takes requests for CSEs that are registered here
   * @param otherLinks what else is discovered on this server
   */
  public Functions(
      ServiceProvider provider,
      TrustEndpoint<? super Repositories> mef,
      TrustEndpoint<? super Repositories> maf,
      CseEndpoint cse,
      Optional<RelayEndpoint<Repositories>> relay,
      Descent descent,
      List<String> otherLinks) {
    this(
        provider,
        Optional.of(mef),
        Optional.of(maf),
        cse,
        relay,
        Optional.empty(),
        descent,
        Optional.empty(),
        Discovery.linkFormat(provider, otherLinks));
  }

  /**
   * @param word what the registrar said of the AE that registers, if it was asked
   * @throws RegistrarAskedException if it is to be asked by {@link #ask}
   */
  ResponsePrimitive call(
      Repositories tx,
      OriginatedRequest asked,
      SecureSession session,
      Optional<RegistrarsWord> word) {
    SecurityPrincipal principal = asked.principal();
    RequestPrimitive request = asked.request();
    return switch (asked.role()) {
      case MEF -> of(mef).handle(tx, principal, exportOf(session), request);
      case MAF -> of(maf).handle(tx, principal, exportOf(session), request);
      case CSE -> {
        Optional<RelayEndpoint<Repositories>> relayed = relayOf(request.to());
        yield relayed.isPresent()
            ? relayed.get().handle(tx, principal, exportOf(session), request)
            : cse.handle(tx, associated(tx, asked).at(addresses(session)), request, word);
      }
    };
  }

  /** Whether an address of a function is one of the MEF's and MAF's resources. */
  boolean isOfTrust(FunctionRole role, String to) {
    return role != FunctionRole.CSE || relayOf(to).isPresent();
  }

  private Optional<RelayEndpoint<Repositories>> relayOf(String to) {
    return relay.filter(endpoint -> endpoint.isFor(to));
  }

  private static TrustEndpoint<? super Repositories> of(
      Optional<TrustEndpoint<? super Repositories>> function) {
    return function.orElseThrow(() -> Refusal.PATH_OF_ANOTHER_ROLE.of("To"));
  }

  /** Whether a request to the CSE goes on to another one. */
  boolean goesOn(RequestPrimitive request) {
    return cse.isForAnother(request) && relayOf(request.to()).isEmpty();
  }

  /**
   * A request as it goes on.
   *
   * @param below credentials of the CSE that it goes down to; empty: it goes to the registrar
   * @param turn the AE-ID-Stem whose turn it waits for; empty: it goes at once
   */
  record Outgoing(
      RequestPrimitive request, Optional<List<KeyIdentifier>> below, Optional<AeId> turn) {}

  /** The request as it goes on. */
  Outgoing onward(Repositories tx, OriginatedRequest asked) {
    return onward(tx, associated(tx, asked), asked.request());
  }

  /** One from outside any association as it goes on. */
  Outgoing onwardOpen(Repositories tx, String originator, RequestPrimitive request) {
    return onward(tx, new Originator.Open(originator), request);
  }

  /** Whether what the registrar sent goes on to a CSE below this one. */
  boolean goesDown(RequestPrimitive request) {
    return cse.isInTransit(request);
  }

  /** What the registrar sent as it goes on. */
  Outgoing onwardFromAbove(Repositories tx, String originator, RequestPrimitive request) {
    return onward(tx, new Originator.ViaRegistrar(originator), request);
  }

  private Outgoing onward(Repositories tx, Originator originator, RequestPrimitive request) {
    Onward onward = cse.forwarded(tx, originator, request);
    return new Outgoing(
        onward.request(),
        onward.below().map(node -> Notices.associations(tx, provider, node)),
        cse.turnOf(tx, originator, request));
  }

  /** Whether the CSE has something to keep of the answer to a request that went on. */
  boolean settles(RequestPrimitive request) {
    return cse.isAnnouncement(request);
  }

  /** Has announcements of one AE go on one after the other. */
  CompletionStage<ResponsePrimitive> inTurn(
      Outgoing onward, OriginatedRequest asked, Supplier<CompletionStage<ResponsePrimitive>> work) {
    String asker = asked.principal().client().spRelative().value();
    return onward.turn().map(stem -> turns.inTurn(stem.value(), asker, work)).orElseGet(work);
  }

  /** Keeps it; gives the answer. */
  ResponsePrimitive settled(Repositories tx, OriginatedRequest asked, ResponsePrimitive answer) {
    cse.settle(tx, associated(tx, asked), asked.request(), answer);
    return answer;
  }

  /** Sends on what {@link #onward} gave; the answer is that to the request as it came. */
  CompletionStage<ResponsePrimitive> send(Outgoing onward, RequestPrimitive request) {
    return onward
        .below()
        .map(credentials -> descent.send(onward.request(), credentials, request.requestId()))
        .orElseGet(() -> forwarding.orElseThrow().send(onward.request(), request.requestId()));
  }

  /** What the registrar says of an AE that registers here. */
  CompletionStage<RegistrarsWord> ask(RegistrarQuestion question) {
    return words.orElseThrow().ask(question);
  }

  /** The AE did not register after all, though the registrar let it. */
  void abandon(Repositories tx, RegistrarsWord word) {
    if (word instanceof RegistrarsWord.Announced announced) {
      cse.abandon(tx, announced.stem());
    }
  }

  /** A registration is answered as it was before: the AE may have registered elsewhere since. */
  void repeated(Repositories tx, OriginatedRequest asked) {
    if (asked.role() == FunctionRole.CSE && asked.principal().client() instanceof AeId ae) {
      cse.doubt(tx, ae);
    }
  }

  /** What the registrar is to be asked of the AE whose request, as it went on, it refused. */
  Optional<RegistrarQuestion> askedOnRefusal(Repositories tx, OriginatedRequest onward) {
    return cse.askedOnRefusal(tx, associated(tx, onward), onward.request());
  }

  /** Whether the registrar had forgotten it, and knows it again; if not, it may have left. */
  CompletionStage<Boolean> knowsAgain(RegistrarQuestion question) {
    return words.orElseThrow().knowsAgain(question);
  }

  /** A request outside any association, at the CSE alone. */
  ResponsePrimitive callOpen(
      Repositories tx, String originator, InetAddress peer, RequestPrimitive request) {
    return cse.handle(tx, new Originator.Open(originator, Set.of(peer)), request);
  }

  /** A request that the registrar sent, at the CSE alone. */
  ResponsePrimitive callFromAbove(Repositories tx, String originator, RequestPrimitive request) {
    return cse.handle(tx, new Originator.ViaRegistrar(originator), request);
  }

  /** What this server offers, as links (RFC 6690). */
  ResponsePrimitive discover(RequestPrimitive request) {
    if (request.operation() != Operation.RETRIEVE) {
      throw Refusal.OPERATION_NOT_OFFERED.of(FunctionPaths.DISCOVERY);
    }
    return ResponsePrimitive.of(
        ResponseStatusCode.OK,
        request.requestId(),
        Representation.of(Representation.LINK_FORMAT, links));
  }

  private Originator.Associated associated(Repositories tx, OriginatedRequest asked) {
    if (!(asked.principal() instanceof SecurityPrincipal.AssociatedEntity entity)) {
      throw Refusal.PATH_OF_ANOTHER_ROLE.of("To");
    }
    RequestPrimitive request = asked.request();
    boolean heldAgainstRules =
        !request.roles().isEmpty()
            || (request.operation() == Operation.CREATE
                && request.resourceType().orElse(0) == CseResources.AE.code());
    return new Originator.Associated(
        entity,
        asked.originator(),
        heldAgainstRules
            ? Optional.of(CredentialIds.idOf(tx, provider.sp(), entity.credential()))
            : Optional.empty());
  }

  private static Set<InetAddress> addresses(SecureSession session) {
    return Stream.of(session.handshakePeer(), session.peer())
        .map(InetSocketAddress::getAddress)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static SessionExport exportOf(SecureSession session) {
    return new SessionExport() {
      @Override
      public boolean resumed() {
        return session.isResumed();
      }

      @Override
      public ChannelBinding channelBinding() {
        return ChannelBinding.of(session.channelBinding());
      }

      @Override
      public ExportedKey export(ExporterLabel label) {
        return session.export(label);
      }
    };
  }
}
