// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.CseResources;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/**
 * The AEs with other registrars that have a stem of the provider's. Each {@code <AEAnnc>} has that
 * stem as its resourceID, so a stem is announced once in the provider's domain; its creator is the
 * registrar, and it stands below the {@code <remoteCSE>} of the CSE in whose association it came.
 */
final class AnnouncedAes {
  static final String LINK = "lnk";

  /** registrationStatus (regs). */
  static final String STATUS = "regs";

  private static final int TYPE = CseResources.AE_ANNC.code();

  /** Below one registration, which may be a gateway's: more are not looked at. */
  private static final int MOST_BELOW = 10_000;

  static final int ACTIVE = 1;
  static final int INACTIVE = 2;

  private final ServiceProvider provider;
  private final CseRegistrations registrations;
  private final int most;

  /**
   * @param most of one registrar
   */
  AnnouncedAes(ServiceProvider provider, CseRegistrations registrations, int most) {
    this.provider = provider;
    this.registrations = registrations;
    this.most = most;
  }

  /**
   * The registrar of an AE that was announced through an association and is registered at the
   * moment.
   *
   * @param from an AE-ID {@code /S…} or {@code //sp/S…}
   * @param node the associated CSE, SP-relative
   * @return SP-relative; empty for any other id
   */
  Optional<CseId> registrarOf(CseStore store, String from, CseId node) {
    return Optional.of(from)
        .filter(AeId::isValid)
        .map(AeId::new)
        .filter(ae -> !ae.isStem() && !ae.isAssignedByCse())
        .filter(ae -> ae.isSameAs(ae.spRelative(), provider.sp()))
        .flatMap(ae -> find(store, ae))
        .filter(AnnouncedAes::isActive)
        .filter(annc -> annc.provenance().registree().equals(node.value()))
        .map(annc -> new CseId(annc.provenance().creator()))
        .filter(registrar -> mayAnnounce(store, registrar, node));
  }

  /** Whether an AE with a stem of the provider's is registered here, or announced through here. */
  boolean isHere(CseStore store, String from) {
    return Optional.of(from)
        .filter(AeId::isValid)
        .map(AeId::new)
        .filter(ae -> !ae.isAssignedByCse())
        .filter(ae -> ae.isSameAs(ae.spRelative(), provider.sp()))
        .flatMap(ae -> store.resources().byId(ae.stem()))
        .filter(
            found ->
                found.type() == CseResources.AE.code()
                    || found.type() == CseResources.AE_ANNC.code())
        .isPresent();
  }

  /** Whether a CSE is the associated one or announced by it. */
  boolean mayAnnounce(CseStore store, CseId registrar, CseId node) {
    return registrar.isSameAs(node, provider.sp())
        || registrations.isDescendant(store, registrar, node);
  }

  /** Makes room for an AE that was found to be entitled to a stem: what was announced ends. */
  void replace(Call call, AeId stem, CseId registrar) {
    find(call.store(), stem).ifPresent(annc -> auditMove(call, annc, registrar));
    call.resources().delete(stem.stem());
  }

  /**
   * What has to go for one more announcement of a registrar: of the AEs that deregistered, the one
   * that did so first; nothing while there is room.
   *
   * @param registration what it is to stand below
   * @throws RefusedException QUOTA_EXCEEDED where all that the registrar may have are registered
   */
  Optional<Resource> inTheWay(Call call, Resource registration, CseId registrar) {
    List<Resource> own =
        call.resources().children(registration.id(), TYPE, MOST_BELOW).stream()
            .filter(annc -> annc.provenance().creator().equals(registrar.value()))
            .toList();
    if (own.size() < most) {
      return Optional.empty();
    }
    return Optional.of(
        own.stream()
            .filter(annc -> !isActive(annc))
            .min(Comparator.comparing(annc -> annc.times().modified()))
            .orElseThrow(
                () -> Refusal.QUOTA_EXCEEDED.of("<AEAnnc> of more than " + most + " AEs")));
  }

  /** Nothing to tell where the registrar stays the same. */
  void auditMove(Call call, Resource announced, CseId registrar) {
    String former = announced.provenance().creator();
    if (!former.equals(registrar.value())) {
      call.store()
          .audit()
          .record(
              call.requester().actor(),
              AuditAction.AE_MOVED,
              idOf(announced),
              Attributes.builder()
                  .put("formerRegistrar", former)
                  .put("registrar", registrar.value())
                  .put("path", announced.path())
                  .build());
    }
  }

  /**
   * Has the announcements that end with a registration end with it as it was prolonged. Those that
   * were to end earlier do, and those of AEs that deregistered.
   */
  void prolong(CseStore store, Resource before, Resource after) {
    store.resources().children(before.id(), TYPE, MOST_BELOW).stream()
        .filter(annc -> annc.times().expires().equals(before.times().expires()))
        .filter(AnnouncedAes::isActive)
        .forEach(annc -> store.resources().update(annc.expiringAt(after.times().expires())));
  }

  private static boolean isActive(Resource annc) {
    return annc.attributes().whole(STATUS).orElse(0) == ACTIVE;
  }

  /** The AE-ID. */
  static String idOf(Resource announced) {
    return "/" + announced.id();
  }

  private static Optional<Resource> find(CseStore store, AeId ae) {
    return store.resources().byId(ae.stem()).filter(found -> found.type() == TYPE);
  }
}
