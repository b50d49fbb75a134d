// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.authz.OriginatorCheck;
import org.mooring.in.authz.SecurityPrincipal.AssociatedEntity;
import org.mooring.in.provider.ServiceProvider;

/** Checks {@code From} against what the transport knows (TS-0004 clause 7.3.2.1). */
final class Originators {
  private static final String SUBJECT = "From";

  /** As the audit log names it. */
  private static final String OPERATOR = "admin";

  private final ServiceProvider provider;
  private final CseRegistrations registrations;
  private final AnnouncedAes announced;
  private final OriginatorCheck check;

  Originators(ServiceProvider provider, CseRegistrations registrations, AnnouncedAes announced) {
    this.provider = provider;
    this.registrations = registrations;
    this.announced = announced;
    this.check = new OriginatorCheck(provider.sp());
  }

  /**
   * @throws RefusedException WRONG_ORIGINATOR for an id that is not the principal's; outside an
   *     association MISSING_PARAMETER, INVALID_PARAMETER, ASSOCIATION_REQUIRED or
   *     UNKNOWN_ORIGINATOR
   */
  Requester identify(CseStore store, Originator originator, RequestPrimitive request) {
    if (originator instanceof Originator.Associated associated) {
      return associated(store, associated, request);
    }
    if (originator instanceof Originator.Operator) {
      String cse = provider.cse().value();
      return withoutNode(cse, cse, OPERATOR);
    }
    if (originator instanceof Originator.ViaRegistrar above) {
      return fromAbove(store, above.from());
    }
    return registersAe(request) ? Requester.UNKNOWN : registered(store, originator.from(), request);
  }

  /**
   * What is asked outside of any association: an AE that was enrolled registers in its own and
   * speaks there alone (TS-0004 clause 7.3.2.1).
   *
   * @throws RefusedException ASSOCIATION_REQUIRED for the stem of one
   */
  void requireOpen(CseStore store, AeId stem) {
    if (!stem.isAssignedByCse() && store.isEnrolled(stem.spRelative())) {
      throw Refusal.ASSOCIATION_REQUIRED.of(SUBJECT);
    }
  }

  /** An AE that this CSE hosts, outside any association. */
  Requester ofAe(AeId stem) {
    String id = stem.spRelative(provider.cse()).value();
    return withoutNode(id, stem.value(), id);
  }

  /** From; that of a CSE which registers is one of the things its registration is judged by. */
  private static String claimed(Originator.Associated originator, RequestPrimitive request) {
    boolean isOfCse = originator.principal().client() instanceof CseId;
    if (isOfCse && registersCse(request)) {
      return "";
    }
    // A registrar that announces an AE writes down whom it speaks for, and is the originator.
    String from = originator.from();
    return AeLink.parse(from).map(link -> link.registrar().value()).orElse(from);
  }

  private Requester associated(
      CseStore store, Originator.Associated originator, RequestPrimitive request) {
    AssociatedEntity principal = originator.principal();
    String from = claimed(originator, request);
    String actor = principal.credential().toString();
    if (principal.client() instanceof AeId holder) {
      AeId ae = registersAe(request) ? registering(holder, from) : speaker(holder, from);
      requireSharing(store, holder, ae, request);
      return withoutNode(ae.value(), shownAs(ae), actor);
    }
    CseId node = ((CseId) principal.client()).spRelative();
    CseId cse =
        from.isEmpty()
            ? node
            : speaking(store, principal, node, from)
                .orElseThrow(() -> Refusal.WRONG_ORIGINATOR.of(SUBJECT));
    String id = from.isEmpty() ? node.value() : spRelative(from);
    return new Requester(new CreatorScope(id, cse.value()), Optional.of(node), id, actor, true);
  }

  /**
   * Whoever of this provider's the registrar says it is: an AE for itself and not for its CSE. Who
   * is registered here, or below, speaks here and not there.
   */
  private Requester fromAbove(CseStore store, String from) {
    if (from.isEmpty()) {
      throw Refusal.MISSING_PARAMETER.of(SUBJECT);
    }
    boolean isStem = AeId.isValid(from) && new AeId(from).isStem();
    if (isStem || !(AeId.isValid(from) || CseId.isValid(from))) {
      throw Refusal.INVALID_PARAMETER.of(SUBJECT);
    }
    if (speaksHere(store, from)) {
      throw Refusal.WRONG_ORIGINATOR.of(SUBJECT);
    }
    EntityId originator = EntityId.of(from);
    // Without its provider the id would be that of somebody else here.
    if (!originator.isSameAs(originator.spRelative(), provider.sp())) {
      throw Refusal.WRONG_ORIGINATOR.of(SUBJECT);
    }
    String id = originator.spRelative().value();
    String cse = originator instanceof CseId ? id : "";
    return new Requester(new CreatorScope(id, cse), Optional.empty(), id, id, true);
  }

  private boolean speaksHere(CseStore store, String from) {
    boolean isOfCseHere =
        cseIn(from)
            .filter(
                cse ->
                    cse.isSameAs(provider.cse(), provider.sp())
                        || registrations.wayTo(store, cse).isPresent())
            .isPresent();
    return isOfCseHere || announced.isHere(store, from);
  }

  private static Requester withoutNode(String id, String shownAs, String actor) {
    return new Requester(new CreatorScope(id, ""), Optional.empty(), shownAs, actor, true);
  }

  /**
   * The AE that speaks in an association of one.
   *
   * @param holder the AE that the association authenticated
   * @param from another that it shares its credentials with, or that one; empty: that one
   * @return SP-relative
   * @throws RefusedException WRONG_ORIGINATOR if it is no AE-ID of this provider's
   */
  AeId speaker(AeId holder, String from) {
    if (from.isEmpty() || (AeId.isValid(from) && check.isSame(holder, new AeId(from)))) {
      return holder.spRelative();
    }
    return Optional.of(from)
        .filter(AeId::isValid)
        .map(AeId::new)
        .filter(ae -> !(ae.isStem() && ae.isAssignedByCse()))
        .filter(ae -> ae.isSameAs(ae.spRelative(), provider.sp()))
        .map(AeId::spRelative)
        .orElseThrow(() -> Refusal.WRONG_ORIGINATOR.of(SUBJECT));
  }

  /**
   * The AE that registers in an association of one: the lone letter of its stem's kind asks for the
   * stem that it has (TS-0001 clause 10.2.2.2, cases iii and iv).
   *
   * @throws RefusedException as {@link #speaker}
   */
  AeId registering(AeId holder, String from) {
    boolean asksForOwn = from.length() == 1 && holder.stem().startsWith(from);
    return speaker(holder, asksForOwn ? "" : from);
  }

  /**
   * Another AE has to share the credentials; but for its registration it has to be registered, here
   * or, as an instance that lives, with its node.
   */
  private void requireSharing(CseStore store, AeId holder, AeId ae, RequestPrimitive request) {
    if (ae.equals(holder.spRelative())) {
      return;
    }
    boolean isKnown =
        registersAe(request)
            || !isOfThisCse(ae)
            || store
                .resources()
                .byId(ae.stem())
                .filter(found -> found.type() == CseResources.AE.code())
                .isPresent();
    if (!isKnown || !store.sharesCredentials(holder, ae.absolute(provider.sp()))) {
      throw Refusal.WRONG_ORIGINATOR.of(SUBJECT);
    }
  }

  /**
   * The CSE that speaks in the association of one, or with which the AE that speaks is registered:
   * of the CSE's own ids it is that CSE, of others the CSE that it announced as its descendant, or
   * the registrar of an AE that was announced through it. Whose words these are is the associated
   * CSE's word; they give no right to what that has itself.
   *
   * @param node the associated CSE
   * @return SP-relative; empty for an id that may not be claimed there, such as that of an AE which
   *     has registered elsewhere since
   */
  private Optional<CseId> speaking(
      CseStore store, AssociatedEntity principal, CseId node, String from) {
    if (RegistrationPoints.isLeft(store, from)) {
      return Optional.empty();
    }
    if (check.mayClaim(principal, from)) {
      return Optional.of(node);
    }
    return cseIn(from)
        .filter(cse -> registrations.isDescendant(store, cse, node))
        .map(CseId::spRelative)
        .or(() -> announced.registrarOf(store, from, node));
  }

  /** The CSE that an id names, or whose AE it names. */
  private static Optional<CseId> cseIn(String from) {
    return CseRegistrations.registrarIn(from)
        .or(() -> Optional.of(from).filter(CseId::isValid).map(CseId::new));
  }

  /** A CSE-ID may look like an AE-ID; the form inside the provider is the same. */
  private static String spRelative(String from) {
    return CseId.isValid(from)
        ? new CseId(from).spRelative().value()
        : new AeId(from).spRelative().value();
  }

  /** Here AEs of this CSE are known by their stems. */
  private String shownAs(AeId ae) {
    return isOfThisCse(ae) ? ae.stem() : ae.value();
  }

  /** Whether this CSE may be the registrar: another one has assigned no stem. */
  boolean isOfThisCse(AeId ae) {
    return !ae.isAssignedByCse() || ae.registrar().isSameAs(provider.cse(), provider.sp());
  }

  private Requester registered(CseStore store, String from, RequestPrimitive request) {
    if (CseId.isValid(from) || isCseRegistrationWithoutAe(from, request)) {
      throw Refusal.ASSOCIATION_REQUIRED.of(SUBJECT);
    }
    if (from.isEmpty()) {
      throw Refusal.MISSING_PARAMETER.of(SUBJECT);
    }
    if (!AeId.isValid(from) || !new AeId(from).isStem()) {
      throw Refusal.INVALID_PARAMETER.of(SUBJECT);
    }
    AeId stem = new AeId(from);
    requireOpen(store, stem);
    return store
        .resources()
        .byId(from)
        .filter(resource -> resource.type() == CseResources.AE.code())
        .map(ae -> ofAe(stem))
        .orElseThrow(() -> Refusal.UNKNOWN_ORIGINATOR.of(SUBJECT));
  }

  /** What a CSE without a CSE-ID of its own lacks is the association that would name it. */
  private static boolean isCseRegistrationWithoutAe(String from, RequestPrimitive request) {
    return from.isEmpty() && registersCse(request);
  }

  private static boolean registersCse(RequestPrimitive request) {
    return request.operation() == Operation.CREATE
        && request.resourceType().orElse(0) == CseResources.REMOTE_CSE.code();
  }

  private static boolean registersAe(RequestPrimitive request) {
    return request.operation() == Operation.CREATE
        && request.resourceType().orElse(0) == CseResources.AE.code();
  }
}
