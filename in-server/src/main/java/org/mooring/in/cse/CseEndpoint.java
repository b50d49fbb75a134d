// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceTable;
import org.mooring.in.provider.ServiceProvider;

/** The CSE as the rest of the server sees it: request primitives in, response primitives out. */
public final class CseEndpoint {
  /** More can not be announced anyway. */
  private static final int MOST_REGISTERED = 1_001;

  private final ResourceTree tree;
  private final Originators originators;
  private final Roles roles;
  private final Position position;
  private final CseBase base;
  private final Transit transit;
  private final NotificationTarget notifications;
  private final Optional<AnnouncementRelay> announcements;

  /** The AEs that one registrar may announce, unless told otherwise. */
  public static final int DEFAULT_ANNOUNCED_AES = 256;

  /** The IN-CSE of a provider, hosting the types of {@link CseResources}. */
  public CseEndpoint(ServiceProvider provider) {
    this(provider, DEFAULT_ANNOUNCED_AES, true, notice -> {});
  }

  /**
   * The IN-CSE of a provider.
   *
   * @param announcedAes the most AEs that one registrar may announce, at least one
   * @param offersNames whether it is written down which CSEs have a public domain name; where
   *     nobody tells the DNS, it need not be
   * @param notices takes notifications for CSEs registered here, after the commit that decided on
   *     them; must not wait
   */
  public CseEndpoint(
      ServiceProvider provider, int announcedAes, boolean offersNames, Consumer<Onward> notices) {
    this(provider, CseResources.table(), new Position.Topmost(offersNames), announcedAes, notices);
  }

  CseEndpoint(ServiceProvider provider, ResourceTable table, int announcedAes) {
    this(provider, table, new Position.Topmost(true), announcedAes, notice -> {});
  }

  private CseEndpoint(
      ServiceProvider provider,
      ResourceTable known,
      Position position,
      int announcedAes,
      Consumer<Onward> notices) {
    ResourceTable table = position.hosted(known);
    RandomIds ids = new RandomIds();
    CseRegistrations registrations = new CseRegistrations(provider);
    AnnouncedAes announced = new AnnouncedAes(provider, registrations, announcedAes);
    ServiceSubscriptions subscriptions = new ServiceSubscriptions(provider);
    StemAssignment stems = position.stems(new SubscribedStems(subscriptions, ids));
    this.originators = new Originators(provider, registrations, announced);
    this.roles = new Roles(provider.cse(), originators, subscriptions);
    this.position = position;
    this.base = new CseBase(provider, position, table);
    this.transit = new Transit(provider, originators, registrations, position);
    this.notifications =
        position.notified(
            provider, new RegistrationPoints(provider, announced, subscriptions, notices));
    this.announcements =
        position.registrar().map(cse -> new AnnouncementRelay(provider, originators, cse));
    Map<Integer, TypeRules> rules =
        Map.of(
            CseResources.ACCESS_CONTROL_POLICY.code(), new AccessControlPolicyRules(provider),
            CseResources.REMOTE_CSE.code(), new RemoteCseRules(registrations, position, announced),
            CseResources.AE.code(),
                new AeRules(originators, provider.cse(), position, announced, stems),
            CseResources.AE_ANNC.code(), new AeAnncRules(provider, announced, stems),
            CseResources.SERVICE_SUBSCRIPTION_PROFILE.code(), new ProviderRules(),
            CseResources.SUBSCRIBED_APP_RULE.code(), new AppRuleRules(provider),
            CseResources.SUBSCRIBED_NODE.code(), new SubscribedNodeRules(provider),
            CseResources.CONTAINER.code(), new ContainerRules(),
            CseResources.CONTENT_INSTANCE.code(), new ContentInstanceRules());
    this.tree =
        new ResourceTree(
            provider,
            table,
            rules,
            new DefaultPolicies(provider, originators, subscriptions),
            provider.lifetimes().enrolment(),
            new KeptNames(position),
            ids);
  }

  /**
   * An MN-CSE.
   *
   * @param provider with the MN-CSE as its CSE
   * @param registrar with which CSE it is registered, SP-relative
   * @param registrationsChanged run after each commit that changed which CSEs are below
   * @param announcedAeLeft run after each commit by which an AE left that the IN-CSE holds for
   *     registered here
   * @param trackedAeDoubted run after each commit that made it doubtful whether an AE which takes
   *     its stem along, by that stem, still counts as registered here; must not wait
   */
  public static CseEndpoint ofMiddleNode(
      ServiceProvider provider,
      CseId registrar,
      Runnable registrationsChanged,
      Runnable announcedAeLeft,
      Consumer<AeId> trackedAeDoubted) {
    return new CseEndpoint(
        provider,
        CseResources.table(),
        new Position.Middle(registrar, registrationsChanged, announcedAeLeft, trackedAeDoubted),
        DEFAULT_ANNOUNCED_AES,
        notice -> {});
  }

  /** Whether a request is for what another CSE hosts, or for the registrar to decide. */
  public boolean isForAnother(RequestPrimitive request) {
    return isInTransit(request) || isRegistrars(request);
  }

  /** Whether a request is for what another CSE hosts. */
  public boolean isInTransit(RequestPrimitive request) {
    return transit.isFor(request);
  }

  /**
   * Whether a request announces an AE or tells of its registration point, which is for the
   * registrar to decide.
   */
  public boolean isAnnouncement(RequestPrimitive request) {
    return announcements.filter(relay -> relay.isAnnouncement(request)).isPresent();
  }

  private boolean isRegistrars(RequestPrimitive request) {
    return announcements.filter(relay -> relay.isFor(request)).isPresent();
  }

  /**
   * The AE-ID-Stem on which an announcement has the registrar decide, one after the other; empty
   * where one is to be assigned, and for any other request.
   *
   * @throws RefusedException as {@link #forwarded}
   */
  public Optional<AeId> turnOf(CseStore store, Originator originator, RequestPrimitive request) {
    return isAnnouncement(request) && originator instanceof Originator.Associated associated
        ? announcements.flatMap(relay -> relay.turnOf(store, associated, request))
        : Optional.empty();
  }

  /** Keeps what the registrar's answer says of an announcement. */
  public void settle(
      CseStore store,
      Originator.Associated originator,
      RequestPrimitive request,
      ResponsePrimitive answer) {
    announcements.orElseThrow().settle(store, originator, request, answer);
  }

  /**
   * A request for another CSE as it goes on.
   *
   * @throws RefusedException if it does not go on
   */
  public Onward forwarded(CseStore store, Originator originator, RequestPrimitive request) {
    return isRegistrars(request) && originator instanceof Originator.Associated associated
        ? new Onward(
            announcements.orElseThrow().onward(store, associated, request), Optional.empty())
        : transit.forwarded(store, originator, request);
  }

  /** The AEs that left and of which the IN-CSE is still to be told, some of them if many. */
  public static List<AeId> leftAes(CseStore store) {
    return LeftAes.all(store);
  }

  /** The IN-CSE holds an AE for registered here no longer. */
  public static void forgetLeftAe(CseStore store, AeId stem) {
    LeftAes.forget(store, stem);
  }

  /** The AEs registered here that take their stem along, 10,000 at most. */
  public static List<TrackedAe> trackedAes(CseStore store) {
    return TrackedAes.all(store);
  }

  /** The AE with a stem of this CSE's, if it takes that along. */
  public static Optional<TrackedAe> trackedAe(CseStore store, AeId stem) {
    return TrackedAes.find(store, stem);
  }

  /**
   * An AE has registered elsewhere: its registration here ends, unless it came back since.
   *
   * @param actor on whose word, as the audit log names it
   */
  public static void endMoved(CseStore store, String actor, TrackedAe left) {
    TrackedAes.end(store, actor, left);
  }

  /** An AE may have registered elsewhere: the registrar is to be asked, if that is tracked. */
  public void doubt(CseStore store, AeId stem) {
    TrackedAes.doubt(store, position, stem);
  }

  /**
   * An AE was announced at the IN-CSE for a registration that came to nothing: the IN-CSE is to be
   * told, unless it is registered here all the same.
   */
  public void abandon(CseStore store, AeId stem) {
    if (store.resources().byId(stem.stem()).isEmpty()) {
      position.aeLeft(store, stem);
    }
  }

  /**
   * What the registrar is to be asked of an AE, registered here with a stem of the provider's or
   * one that it takes along, whose request it refused; empty for other originators.
   *
   * @param onward the request as it went on
   */
  public Optional<RegistrarQuestion> askedOnRefusal(
      CseStore store, Originator.Associated originator, RequestPrimitive onward) {
    return transit.askedOnRefusal(store, originator, onward);
  }

  /** The CSEs that are below this one: those registered here and those that these announced. */
  public static List<CseId> descendants(CseStore store) {
    Resource root = store.resources().base().orElseThrow();
    return store
        .resources()
        .children(root.id(), CseResources.REMOTE_CSE.code(), MOST_REGISTERED)
        .stream()
        .filter(remote -> !RegistrarMirror.isOne(remote))
        .flatMap(
            remote ->
                Stream.concat(
                    Stream.of(remote.provenance().registree()),
                    remote.attributes().texts("dcse").stream()))
        .map(id -> new CseId(id).spRelative())
        .distinct()
        .toList();
  }

  /**
   * Has the tree show the registrar of this CSE.
   *
   * @param pointsOfAccess of the registrar, as far as it tells
   * @param until when the registration there ends
   */
  public static void showRegistrar(
      CseStore store, CseId registrar, List<String> pointsOfAccess, Instant until) {
    RegistrarMirror.keep(store, registrar, pointsOfAccess, until);
  }

  /**
   * Makes the CSEBase in a new store, at the IN-CSE with the profile of what enrolment implies; to
   * be called at each start, before any request.
   *
   * @return whether that profile is new or an earlier version's, so that it lacks what was enrolled
   *     before
   * @throws IllegalStateException if the store belongs to a CSE of another name
   */
  public boolean prepare(CseStore store) {
    Resource root = base.prepare(store);
    return position instanceof Position.Topmost && ImpliedResources.prepare(store, root);
  }

  /**
   * Carries out a request in one transaction. A RETRIEVE only reads.
   *
   * @param originator as the transport knows it; its From is what counts, the request's is not read
   * @throws RefusedException if the request is refused; nothing of the transaction may be kept then
   */
  public ResponsePrimitive handle(CseStore store, Originator originator, RequestPrimitive request) {
    return handle(store, originator, request, Optional.empty());
  }

  /**
   * As {@link #handle(CseStore, Originator, RequestPrimitive)}.
   *
   * @param word what the registrar of this CSE said of the AE that registers
   * @throws RegistrarAskedException if it has to be asked first
   */
  public ResponsePrimitive handle(
      CseStore store,
      Originator originator,
      RequestPrimitive request,
      Optional<RegistrarsWord> word) {
    if (request.requestExpiration().filter(end -> !end.isAfter(store.now())).isPresent()) {
      throw Refusal.REQUEST_EXPIRED.of("Request Expiration Timestamp");
    }
    Requester requester = originators.identify(store, originator, request);
    Set<RoleId> used = roles.used(store, originator, requester, request);
    Call call = new Call(store, originator, requester, request, used, word);
    return switch (request.operation()) {
      case CREATE -> tree.create(call);
      case RETRIEVE -> tree.retrieve(call);
      case UPDATE -> tree.update(call);
      case DELETE -> tree.delete(call);
      case NOTIFY -> notifications.notified(call);
    };
  }

  /**
   * Deletes some of the resources whose expirationTime has come. What expired is never found, swept
   * or not; sweeping gives back its place.
   *
   * @param limit the most to delete in this transaction
   * @return how many there were; fewer than the limit if none is left
   */
  public int sweep(CseStore store, int limit) {
    return tree.sweep(store, limit);
  }
}
