// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrackedRegistration;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.StemGrant;

/**
 * Answers requests on Mca: what is the node's own here, the rest from the registrar over the
 * association, with From and the Request Identifier rewritten (TS-0001 clauses 7.1.7 and 7.2).
 */
public final class McaService implements RequestHandler {
  private static final String DISCOVERY = ".well-known/core";

  /** Below the 30 s after which clients on CoAP commonly give up, so that they hear of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Supplier<StateKeeper> keeper;
  private final ServerClock clock;
  private final Sender association;
  private final Supplier<TrafficMeter.Reading> traffic;
  private final Executor executor;
  private final McaListener listener;
  private final EnrolmentRequest.Recipient enrolments;
  private final Duration patience;
  private final Applications applications;
  private final Announcements announcements;
  private final StemRequests stemRequests;
  private final TrackedRegistrations tracking;
  private final Subscription subscription;
  private final OwnTree tree;

  /**
   * @param keeper the node's state at the provider that it is with
   * @param association carries requests to the registrar
   * @param traffic what passed the association's socket so far
   * @param executor may wait for the vault's disk
   * @param enrolments told of requests to enrol, also before the node is enrolled anywhere
   */
  public McaService(
      Supplier<StateKeeper> keeper,
      ServerClock clock,
      Sender association,
      Supplier<TrafficMeter.Reading> traffic,
      Executor executor,
      McaListener listener,
      EnrolmentRequest.Recipient enrolments) {
    this(keeper, clock, association, traffic, executor, listener, enrolments, PATIENCE);
  }

  /**
   * @param patience the longest wait for the registrar's answer
   */
  McaService(
      Supplier<StateKeeper> keeper,
      ServerClock clock,
      Sender association,
      Supplier<TrafficMeter.Reading> traffic,
      Executor executor,
      McaListener listener,
      EnrolmentRequest.Recipient enrolments,
      Duration patience) {
    this.keeper = keeper;
    this.clock = clock;
    this.association = association;
    this.traffic = traffic;
    this.executor = executor;
    this.listener = listener;
    this.enrolments = enrolments;
    this.patience = patience;
    this.applications = new Applications(keeper, clock);
    this.announcements = new Announcements(keeper, association);
    this.stemRequests = new StemRequests(keeper);
    this.tracking = new TrackedRegistrations(keeper, applications, association, executor);
    this.subscription = new Subscription(keeper, clock, association, executor);
    this.tree = new OwnTree(keeper, applications);
  }

  /** Answers what comes from the registrar over the association. */
  public RequestHandler ofRegistrar() {
    return new RegistrarRequests(keeper, clock, applications, tree, tracking, executor);
  }

  /** The node's registration was made or prolonged: AEs may have registered elsewhere since. */
  public void refreshed() {
    executor.execute(tracking::checkAll);
  }

  @Override
  public CompletionStage<ResponsePrimitive> handle(Inbound inbound) {
    RequestPrimitive request = inbound.request();
    Instant arrived = clock.localNow();
    TrafficMeter.Reading before = traffic.get();
    return CompletableFuture.supplyAsync(() -> answer(request), executor)
        .thenCompose(stage -> stage)
        .exceptionally(failure -> refused(request, failure))
        .whenComplete(
            (answer, failure) -> {
              if (answer != null) {
                listener.answered(
                    request,
                    answer,
                    Duration.between(arrived, clock.localNow()),
                    traffic.get().minus(before));
              }
            });
  }

  private static ResponsePrimitive refused(RequestPrimitive request, Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    RefusedException refusal =
        cause instanceof RefusedException refused
            ? refused
            : Refusal.INTERNAL_ERROR.of(request.operation().toString());
    return ResponsePrimitive.refused(refusal, request.requestId());
  }

  private CompletionStage<ResponsePrimitive> answer(RequestPrimitive request) {
    if (request.to().equals(DISCOVERY)) {
      return CompletableFuture.completedFuture(discovery(request));
    }
    Optional<EnrolmentRequest> enrolment = EnrolmentRequest.of(request);
    if (enrolment.isPresent()) {
      enrolments.enrol(enrolment.get());
      return CompletableFuture.completedFuture(
          ResponsePrimitive.of(ResponseStatusCode.OK, request.requestId()));
    }
    ClientConfiguration configuration =
        keeper
            .get()
            .state()
            .configuration()
            .orElseThrow(() -> Refusal.NOT_REACHABLE.of("CSE (not enrolled yet)"));
    requireNotExpired(request);
    McaAddress address = McaAddress.of(request.to(), configuration);
    boolean registersAe =
        request.operation() == Operation.CREATE
            && request.resourceType().orElse(0) == CseResources.AE.code();
    if (!registersAe) {
      requireRegistered(request);
    }
    if (!(address instanceof McaAddress.Transit transit)) {
      String from = request.from().orElse("");
      if (registersAe && address == McaAddress.Base.BASE) {
        return registering(request, from);
      }
      if (request.operation() == Operation.DELETE && isOwn(address, from)) {
        return withdrawn(request, address, from);
      }
      return CompletableFuture.completedFuture(tree.answer(request, address));
    }
    if (registersAe) {
      throw Refusal.REGISTRATION_THROUGH_TRANSIT.of("To");
    }
    return forward(request, transit.to(), configuration);
  }

  /** An AE that left and comes back is removed first. */
  private CompletionStage<ResponsePrimitive> registering(RequestPrimitive request, String from) {
    if (!TrackedRegistration.isOne(from, given(request))) {
      return decided(request, from);
    }
    // What the AE was told to have failed is not to happen at the registrar afterwards.
    RequestPrimitive ending = request.expiringBy(clock.now(keeper.get().state()).plus(patience));
    return inTime(
        tracking.check(from).thenComposeAsync(checked -> decided(ending, from), executor));
  }

  /** Its stem says whom to ask: the IN-CSE, or the service subscription for this CSE. */
  private CompletionStage<ResponsePrimitive> decided(RequestPrimitive request, String from) {
    applications.requireRegistrable(request);
    if (Announcements.isOfProvider(from)) {
      return announced(request, from);
    }
    return subscription
        .decide(given(request).text("api").orElseThrow(), from)
        .thenComposeAsync(decision -> decided(request, from, decision), executor);
  }

  /** Without From the rules may allow stems of the provider's alone. */
  private CompletionStage<ResponsePrimitive> decided(
      RequestPrimitive request, String from, Decision decision) {
    if (!decision.isAllowed()) {
      throw decision.refusal(request.releaseVersion()).orElseThrow().of("<AE>");
    }
    if (!AeRegistration.asksForStem(from)) {
      return TrackedRegistration.isOne(from, given(request))
          ? tracked(request, from)
          : CompletableFuture.completedFuture(tree.answer(request, McaAddress.Base.BASE));
    }
    StemGrant grant = decision.grant().orElseThrow();
    String stem = grant.stem(RequestIds.random());
    return Announcements.isOfProvider(stem)
        ? announced(request, grant.isOpen() ? Announcements.TO_BE_ASSIGNED : stem)
        : CompletableFuture.completedFuture(
            tree.answer(request.toBuilder().from(stem).build(), McaAddress.Base.BASE));
  }

  /** Registers an AE once the provider gave it its stem or confirmed the one that it has. */
  private CompletionStage<ResponsePrimitive> announced(RequestPrimitive request, String from) {
    Attributes given = given(request);
    StemRequests.StemRequest asked = stemRequests.begin(given);
    return inTime(announcements.announce(from, given, request.releaseVersion(), asked.requestId()))
        .thenApplyAsync(answer -> settled(request, asked, answer), executor)
        .whenComplete((answer, failure) -> stemRequests.left(asked));
  }

  private static Attributes given(RequestPrimitive request) {
    return request.content().map(Representation::attributes).orElse(Attributes.NONE);
  }

  /** Registers an AE once the registrar knows of it. */
  private CompletionStage<ResponsePrimitive> tracked(RequestPrimitive request, String stem) {
    return inTime(tracking.tell(stem, request))
        .thenApplyAsync(answer -> told(request, answer), executor);
  }

  private ResponsePrimitive told(RequestPrimitive request, ResponsePrimitive answer) {
    if (answer.status() == ResponseStatusCode.REQUEST_TIMEOUT) {
      throw Refusal.NOT_REACHABLE.of("registrar (it heard of the AE too late)");
    }
    return answer.status().isSuccess()
        ? tree.answer(request, McaAddress.Base.BASE)
        : answer.withRequestId(request.requestId());
  }

  private ResponsePrimitive settled(
      RequestPrimitive request, StemRequests.StemRequest asked, ResponsePrimitive answer) {
    try {
      return answer.status().isSuccess()
          ? registered(request, stemIn(answer))
          : answer.withRequestId(request.requestId());
    } finally {
      stemRequests.answered(asked);
    }
  }

  private static String stemIn(ResponsePrimitive answer) {
    return answer
        .content()
        .flatMap(content -> content.attributes().text("ri"))
        .filter(AeId::isValid)
        .orElseThrow(() -> Refusal.INTERNAL_ERROR.of("registrar (no stem in its answer)"));
  }

  private ResponsePrimitive registered(RequestPrimitive request, String stem) {
    try {
      return tree.answer(request.toBuilder().from(stem).build(), McaAddress.Base.BASE);
    } catch (RuntimeException e) {
      if (!applications.isRegistered(stem)) {
        announcements.withdraw(stem);
      }
      throw e;
    }
  }

  /** Whether an AE with a stem of the provider's means itself. */
  private boolean isOwn(McaAddress address, String from) {
    return Announcements.isOfProvider(from)
        && address instanceof McaAddress.Child child
        && applications
            .find(child.name())
            .flatMap(ae -> ae.text("ri"))
            .filter(from::equals)
            .isPresent();
  }

  /** The provider hears of it first (TS-0001 clause 10.2.2.5); it may know of none any more. */
  private CompletionStage<ResponsePrimitive> withdrawn(
      RequestPrimitive request, McaAddress address, String stem) {
    return inTime(announcements.withdraw(stem))
        .thenApplyAsync(answer -> tree.answer(request, address), executor);
  }

  private ResponsePrimitive discovery(RequestPrimitive request) {
    return ResponsePrimitive.of(
        ResponseStatusCode.OK,
        request.requestId(),
        Representation.of(Representation.LINK_FORMAT, tree.links()));
  }

  private void requireNotExpired(RequestPrimitive request) {
    Optional<Instant> end = request.requestExpiration();
    if (end.isPresent() && !clock.now(keeper.get().state()).isBefore(end.get())) {
      throw Refusal.REQUEST_EXPIRED.of("Request Expiration Timestamp");
    }
  }

  /** The checks of TS-0004 clause 7.3.2.1 at the first CSE, on a port without associations. */
  private void requireRegistered(RequestPrimitive request) {
    String from = request.from().orElseThrow(() -> Refusal.MISSING_PARAMETER.of("From"));
    if (AeId.isValid(from) && new AeId(from).isStem()) {
      if (!applications.isRegistered(from)) {
        throw Refusal.UNKNOWN_ORIGINATOR.of("From");
      }
      return;
    }
    throw CseId.isValid(from)
        ? Refusal.ASSOCIATION_REQUIRED.of("From")
        : Refusal.INVALID_PARAMETER.of("From");
  }

  private static ResponsePrimitive unanswered(Throwable failure) {
    if (failure instanceof TimeoutException) {
      throw Refusal.NOT_REACHABLE.of("registrar (no answer in time)");
    }
    throw new CompletionException(Failures.causeOf(failure));
  }

  private CompletionStage<ResponsePrimitive> forward(
      RequestPrimitive request, String to, ClientConfiguration configuration) {
    AeId stem = new AeId(request.from().orElseThrow());
    RequestPrimitive forwarded =
        request.toBuilder()
            .to(to)
            .from(stem.spRelative(configuration.cseId().spRelative()).value())
            .requestId(stem.value() + "/" + request.requestId())
            .build();
    return inTime(
        association
            .send(forwarded)
            .thenCompose(answer -> unlessForgotten(forwarded, stem.value(), answer))
            .thenApply(answer -> answer.withRequestId(request.requestId())));
  }

  /**
   * An announcement may have expired, or gone with an earlier registration of this node; then it is
   * made again, and the request sent again. Not so where another registrar has the AE now.
   */
  private CompletionStage<ResponsePrimitive> unlessForgotten(
      RequestPrimitive forwarded, String stem, ResponsePrimitive answer) {
    if (answer.status() != ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED) {
      return CompletableFuture.completedFuture(answer);
    }
    Optional<Attributes> ae = applications.find(stem);
    if (!Announcements.isOfProvider(stem) || ae.isEmpty()) {
      return tracking.check(stem).thenApply(checked -> answer);
    }
    return announcements
        .retrieve(stem)
        .thenCompose(
            found ->
                found.status() == ResponseStatusCode.NOT_FOUND
                    ? announcements
                        .announce(stem, ae.get(), forwarded.releaseVersion(), RequestIds.random())
                        .thenCompose(
                            again ->
                                again.status().isSuccess()
                                    ? association.send(forwarded)
                                    : CompletableFuture.completedFuture(again))
                    : CompletableFuture.completedFuture(answer));
  }

  private CompletableFuture<ResponsePrimitive> inTime(CompletionStage<ResponsePrimitive> answer) {
    return answer
        .toCompletableFuture()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyAsync(McaService::unanswered, executor);
  }
}
