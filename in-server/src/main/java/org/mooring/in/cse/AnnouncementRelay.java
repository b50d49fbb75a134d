// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.subscription.ImpliedNames;
import org.mooring.in.provider.ServiceProvider;

/**
 * Announcements of AEs at a CSE below the topmost one (TS-0001 clause 10.2.2.2 steps 005 to 007).
 * Whoever announces knows its own registrar and not the IN-CSE: each registrar sends on to its own
 * what it is asked, and the IN-CSE decides. What that accepted is kept here as well, so that From
 * of such an AE counts in the association through which it was announced, and in no other.
 */
final class AnnouncementRelay {
  private static final int TYPE = CseResources.AE_ANNC.code();
  private static final String BASE = "/-";

  /** By which what is announced changes or ends. */
  private static final Set<Operation> CHANGES = Set.of(Operation.UPDATE, Operation.DELETE);

  private final ServiceProvider provider;
  private final Originators originators;
  private final CseId registrar;

  /**
   * @param registrar of this CSE, SP-relative
   */
  AnnouncementRelay(ServiceProvider provider, Originators originators, CseId registrar) {
    this.provider = provider;
    this.originators = originators;
    this.registrar = registrar;
  }

  /**
   * Whether a request is the IN-CSE's: it announces an AE, is about what was announced, or asks for
   * the service subscription of a registrar, which knows no other CSE to ask than this one.
   */
  boolean isFor(RequestPrimitive request) {
    return isAnnouncement(request)
        || (request.operation() == Operation.RETRIEVE
            && subscribedNodeIn(request.to()).isPresent());
  }

  /**
   * Whether a request announces an AE, or is about what was announced: whether that stands the
   * IN-CSE knows. So it is with where an AE registers whose registration points are tracked.
   */
  boolean isAnnouncement(RequestPrimitive request) {
    return switch (request.operation()) {
      case CREATE -> request.resourceType().orElse(0) == TYPE && isOwn(request.to());
      case RETRIEVE, UPDATE, DELETE -> stemIn(request.to()).isPresent() && !isOfAe(request);
      case NOTIFY -> RegistrationPointChange.isOne(request) && isOwn(request.to());
    };
  }

  /** An AE with a stem of the provider's means what it registered here. */
  private static boolean isOfAe(RequestPrimitive request) {
    return request
        .from()
        .filter(AeId::isValid)
        .filter(from -> !new AeId(from).isAssignedByCse())
        .isPresent();
  }

  /**
   * The stem that an announcement or the end of one is about; empty where one is to be assigned.
   * What nobody but the registrar of the AE may ask, and another asks, is refused above: it is
   * about none, as is what only reads.
   */
  Optional<AeId> turnOf(
      CseStore store, Originator.Associated originator, RequestPrimitive request) {
    return switch (request.operation()) {
      case CREATE ->
          linkIn(request)
              .flatMap(AeLink::parse)
              .map(link -> new AeId(link.stem()))
              .filter(stem -> !stem.isLoneLetter());
      case UPDATE, DELETE -> {
        String asker = originators.identify(store, originator, request).id();
        yield stemIn(request.to())
            .filter(stem -> announcesAgain(request) || kept(store, stem, asker).isPresent());
      }
      case RETRIEVE, NOTIFY -> Optional.empty();
    };
  }

  /** Whether an address is one of this CSE's. */
  private boolean isOwn(String to) {
    return AddressResolver.hostOf(to)
        .filter(host -> !host.isSameAs(provider.cse(), provider.sp()))
        .isEmpty();
  }

  /** The stem of the provider's that an address of this CSE's names, alone. */
  private Optional<AeId> stemIn(String to) {
    return idIn(to).filter(AeId::isValid).map(AeId::new).filter(stem -> !stem.isAssignedByCse());
  }

  /** The {@code <serviceSubscribedNode>} that an address of this CSE's names, alone. */
  private Optional<String> subscribedNodeIn(String to) {
    return idIn(to).filter(ImpliedNames::isOfNode);
  }

  /** The resourceID that an address of this CSE's names, alone. */
  private Optional<String> idIn(String to) {
    String last = to.substring(to.lastIndexOf('/') + 1);
    return Optional.of(last)
        .filter(
            id ->
                List.of(
                        id,
                        provider.cse().value() + "/" + id,
                        provider.absoluteCse().value() + "/" + id)
                    .contains(to));
  }

  /**
   * The request as it goes on.
   *
   * @throws org.mooring.common.primitive.RefusedException as {@link Originators#identify};
   *     CSE_NOT_REGISTERED for one that has no registration here
   */
  RequestPrimitive onward(
      CseStore store, Originator.Associated originator, RequestPrimitive request) {
    Requester requester = originators.identify(store, originator, request);
    if (registration(store, requester).isEmpty()) {
      throw Refusal.CSE_NOT_REGISTERED.of("From");
    }
    String to =
        stemIn(request.to())
            .map(AeId::value)
            .or(() -> subscribedNodeIn(request.to()))
            .map(resource -> registrar + "/" + resource)
            .orElse(registrar + BASE);
    return request.toBuilder().to(to).build();
  }

  private static Optional<Resource> registration(CseStore store, Requester requester) {
    return requester
        .node()
        .flatMap(node -> store.resources().registrationOf(CseResources.REMOTE_CSE.code(), node));
  }

  /** Keeps what the registrar's answer says; to what only reads it may be out of date. */
  void settle(
      CseStore store,
      Originator.Associated originator,
      RequestPrimitive request,
      ResponsePrimitive answer) {
    Requester requester = originators.identify(store, originator, request);
    Optional<Attributes> standing = announced(request, answer);
    if (standing.isPresent()) {
      registration(store, requester)
          .ifPresent(below -> keep(store, below, requester.id(), standing.get()));
      return;
    }
    boolean isOver =
        CHANGES.contains(request.operation())
            && (answer.status() == ResponseStatusCode.NOT_FOUND
                || (answer.status().isSuccess() && ends(request)));
    if (isOver) {
      stemIn(request.to()).ifPresent(stem -> forget(store, stem, requester.id()));
    }
  }

  private static boolean ends(RequestPrimitive request) {
    return request.operation() == Operation.DELETE
        || linkIn(request).filter(AeAnncRules.DEREGISTERED::equals).isPresent();
  }

  private static boolean announcesAgain(RequestPrimitive request) {
    return request.operation() == Operation.UPDATE
        && linkIn(request).flatMap(AeLink::parse).isPresent();
  }

  private static Optional<String> linkIn(RequestPrimitive request) {
    return request.content().flatMap(content -> content.attributes().text(AnnouncedAes.LINK));
  }

  /** What stands by a success: the answer to a CREATE tells, that to an UPDATE repeats nothing. */
  private Optional<Attributes> announced(RequestPrimitive request, ResponsePrimitive answer) {
    if (!answer.status().isSuccess()) {
      return Optional.empty();
    }
    if (announcesAgain(request)) {
      return stemIn(request.to()).map(stem -> Attributes.builder().put("ri", stem.value()).build());
    }
    return answer
        .content()
        .filter(content -> request.operation() == Operation.CREATE)
        .filter(content -> content.root().equals(CseResources.AE_ANNC.root()))
        .map(Representation::attributes);
  }

  /** As long as the registration that it stands below; whether it does the IN-CSE knows. */
  private static void keep(CseStore store, Resource below, String announcer, Attributes told) {
    AeId stem = new AeId(told.text("ri").orElse(""));
    Attributes.Builder kept =
        Attributes.builder()
            .put(AnnouncedAes.LINK, announcer + "/" + stem)
            .put("aei", "/" + stem)
            .put(AnnouncedAes.STATUS, AnnouncedAes.ACTIVE);
    told.text("api").ifPresent(api -> kept.put("api", api));
    store.resources().delete(stem.value());
    boolean isKept =
        store
            .resources()
            .insert(
                new Resource(
                    stem.value(),
                    TYPE,
                    new Resource.Place(below.id(), stem.value(), below.path() + "/" + stem),
                    new Resource.Provenance(announcer, below.provenance().registree()),
                    kept.build(),
                    0,
                    0,
                    new Resource.Times(store.now(), store.now(), below.times().expires())));
    if (!isKept) {
      throw Refusal.NAME_IN_USE.of("rn (resourceName)");
    }
  }

  private static void forget(CseStore store, AeId stem, String announcer) {
    kept(store, stem, announcer).ifPresent(found -> store.resources().delete(found.id()));
  }

  /** What is kept of an AE, as long as that CSE is its registrar. */
  private static Optional<Resource> kept(CseStore store, AeId stem, String announcer) {
    return store
        .resources()
        .byId(stem.value())
        .filter(found -> found.type() == TYPE)
        .filter(found -> found.provenance().creator().equals(announcer));
  }
}
