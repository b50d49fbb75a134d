// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
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

  static final int ACTIVE = 1;
  static final int INACTIVE = 2;

  private final ServiceProvider provider;
  private final CseRegistrations registrations;

  AnnouncedAes(ServiceProvider provider, CseRegistrations registrations) {
    this.provider = provider;
    this.registrations = registrations;
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
        .filter(annc -> annc.attributes().whole(STATUS).orElse(0) == ACTIVE)
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

  /** The AE-ID. */
  static String idOf(Resource announced) {
    return "/" + announced.id();
  }

  private static Optional<Resource> find(CseStore store, AeId ae) {
    return store
        .resources()
        .byId(ae.stem())
        .filter(found -> found.type() == CseResources.AE_ANNC.code());
  }
}
