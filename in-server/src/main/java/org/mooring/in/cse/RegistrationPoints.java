// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/**
 * Follows AEs with stems that their registrars assign from one registrar to the next (TS-0001
 * clauses 10.2.2.2 case f and 10.2.16.1). Such a stem is one registrar's, so that the same one at
 * two of them means the same AE only where the provider says so: by a rule for AEs that roam, which
 * is linked with both and names the stem in full. A stem that no such rule names is not tracked.
 *
 * <p>The former registrar is notified once. One that is away then asks itself, whenever its
 * registration is refreshed and where the AE is refused, and is told then.
 */
final class RegistrationPoints implements NotificationTarget {
  /** Of one stem: rules that mean different AEs by it are few. */
  private static final int MOST_OF_ONE_STEM = 100;

  /** Of one AE: more that it has left are not looked at. */
  private static final int MOST_LEFT = 1000;

  private final ServiceProvider provider;
  private final AnnouncedAes announced;
  private final ServiceSubscriptions subscriptions;
  private final AddressResolver addresses;
  private final PolicyReferences policies;
  private final Consumer<Onward> notices;

  /**
   * @param notices takes notifications for registered CSEs, after the commit
   */
  RegistrationPoints(
      ServiceProvider provider,
      AnnouncedAes announced,
      ServiceSubscriptions subscriptions,
      Consumer<Onward> notices) {
    this.provider = provider;
    this.notices = notices;
    this.announced = announced;
    this.subscriptions = subscriptions;
    this.policies = new PolicyReferences(provider);
    this.addresses =
        new AddressResolver(provider, new TypeCatalogue(CseResources.table(), Map.of()));
  }

  /**
   * Whether an id is that of an AE at a registrar that it has left.
   *
   * @param from a CSE-ID or AE-ID
   */
  static boolean isLeft(CseStore store, String from) {
    return CseRegistrations.registrarIn(from)
        .flatMap(registrar -> store.registrationPoints().find(new AeId(from).spRelative()))
        .flatMap(RegistrationPoint::movedTo)
        .isPresent();
  }

  /**
   * A registrar tells where an AE is registered, or asks whether it still counts as that.
   *
   * @throws RefusedException OPERATION_NOT_OFFERED for another notification or originator,
   *     CSE_NOT_REGISTERED, INVALID_ATTRIBUTE for an AE of another registrar, NO_PRIVILEGE where no
   *     rule ties the two points or the AE is not tracked at the former one, REGISTERED_ELSEWHERE
   *     to a question
   */
  @Override
  public ResponsePrimitive notified(Call call) {
    RegistrationPointChange change = RegistrationPointChange.of(call.request());
    requireRegistrar(call, change.present());
    if (change.isConfirmation()) {
      confirm(call, change.present());
    } else {
      arrive(call, change);
    }
    return ResponsePrimitive.of(ResponseStatusCode.OK, call.request().requestId());
  }

  private void requireRegistrar(Call call, AeId present) {
    boolean isRegistrar =
        addresses.isBase(call.resources(), call.request().to())
            && CseId.isValid(call.requester().id())
            && call.requester()
                .node()
                .filter(
                    node ->
                        announced.mayAnnounce(call.store(), new CseId(call.requester().id()), node))
                .isPresent();
    if (!isRegistrar) {
      throw Refusal.OPERATION_NOT_OFFERED.of("NOTIFY but by a registrar CSE to the CSEBase");
    }
    if (call.requester()
        .node()
        .flatMap(node -> call.resources().registrationOf(CseResources.REMOTE_CSE.code(), node))
        .isEmpty()) {
      throw Refusal.CSE_NOT_REGISTERED.of("NOTIFY");
    }
    if (!present.registrar().isSameAs(new CseId(call.requester().id()), provider.sp())) {
      throw Refusal.INVALID_ATTRIBUTE.of("tid2 (trackingID2) of another CSE than From");
    }
  }

  private void confirm(Call call, AeId present) {
    Optional<RegistrationPoint> known = call.store().registrationPoints().find(present);
    boolean isElsewhere =
        known.map(point -> point.movedTo().isPresent()).orElseGet(() -> isTied(call, present));
    if (isElsewhere) {
      throw Refusal.REGISTERED_ELSEWHERE.of(present.value());
    }
    keep(call, present);
  }

  private boolean isTied(Call call, AeId present) {
    return !others(call, present).isEmpty();
  }

  private void arrive(Call call, RegistrationPointChange change) {
    AeId present = change.present();
    if (change.prior().isPresent()) {
      leave(call, given(call, change.prior().get(), present), present);
    } else {
      others(call, present).forEach(prior -> leave(call, prior, present));
    }
    keep(call, present);
  }

  /**
   * The point that the registrar names. Only the former registrar itself can have told that its AE
   * wants to be tracked; else whoever names the AE could take it.
   */
  private RegistrationPoint given(Call call, AeId prior, AeId present) {
    return call.store()
        .registrationPoints()
        .find(prior)
        .filter(point -> point.movedTo().isEmpty())
        .filter(point -> point.ae().stem().equals(present.stem()))
        .filter(point -> areOfOneRule(call, point.ae(), rules(call, present)))
        .orElseThrow(() -> Refusal.NO_PRIVILEGE.of("tid1 (trackingID1)"));
  }

  /** Where else the AE is registered, as far as that is tracked. */
  private List<RegistrationPoint> others(Call call, AeId present) {
    Set<String> rules = rules(call, present);
    if (rules.isEmpty()) {
      return List.of();
    }
    return call.store().registrationPoints().current(present.stem(), MOST_OF_ONE_STEM).stream()
        .filter(point -> !point.ae().equals(present))
        .filter(point -> areOfOneRule(call, point.ae(), rules))
        .toList();
  }

  private boolean areOfOneRule(Call call, AeId prior, Set<String> rules) {
    return !Collections.disjoint(rules(call, prior), rules);
  }

  private Set<String> rules(Call call, AeId ae) {
    return subscriptions.roamingRules(call.store(), ae);
  }

  /**
   * What the AE made there, and where it was before, is its own by its next AE-ID; by the former
   * one it may nothing. All these places lead to where it is now, and to none in between that may
   * be forgotten; where that is among them it is kept as such after. What stands below a gateway is
   * looked through once, at however many of its nodes the AE was.
   */
  private void leave(Call call, RegistrationPoint prior, AeId present) {
    Map<CseId, Set<CseId>> registrars = new LinkedHashMap<>();
    for (RegistrationPoint place : places(call, prior)) {
      call.store()
          .registrationPoints()
          .put(new RegistrationPoint(place.ae(), place.association(), Optional.of(present)));
      registrars
          .computeIfAbsent(place.association(), association -> new LinkedHashSet<>())
          .add(place.ae().registrar());
    }
    registrars.forEach(
        (association, there) -> {
          policies.follow(call.resources(), association, there, prior.ae(), present);
          call.resources().handOver(association, prior.ae(), present);
        });
    call.store()
        .audit()
        .record(
            call.requester().actor(),
            AuditAction.AE_MOVED,
            present.value(),
            Attributes.builder()
                .put("formerRegistrar", prior.ae().registrar().value())
                .put("registrar", present.registrar().value())
                .build());
    Onward notice =
        new Onward(notification(call, prior.ae(), present), Optional.of(prior.association()));
    call.store().afterCommit(() -> notices.accept(notice));
  }

  /** Where an AE is registered, and where it was before it came there. */
  private static List<RegistrationPoint> places(Call call, RegistrationPoint prior) {
    List<RegistrationPoint> places = new ArrayList<>(List.of(prior));
    places.addAll(call.store().registrationPoints().leftFor(prior.ae(), MOST_LEFT));
    return places;
  }

  private RequestPrimitive notification(Call call, AeId prior, AeId present) {
    return RequestPrimitive.builder(
            Operation.NOTIFY, prior.registrar() + "/-", TimedId.at(call.now()))
        .from(provider.cse().value())
        .content(new RegistrationPointChange(Optional.of(prior), present).toContent())
        .build();
  }

  private void keep(Call call, AeId present) {
    if (rules(call, present).isEmpty()) {
      call.store().registrationPoints().forget(present);
      return;
    }
    call.store()
        .registrationPoints()
        .put(
            new RegistrationPoint(
                present, call.requester().node().orElseThrow(), Optional.empty()));
  }
}
