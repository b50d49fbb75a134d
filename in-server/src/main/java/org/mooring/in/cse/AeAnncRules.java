// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/**
 * {@code <AEAnnc>}: an AE with a stem of the provider's that registers with another CSE (TS-0001
 * clause 10.2.2.2 cases a, b and e). That registrar asks here with the AE's App-ID, the stem or a
 * lone {@code S}, and the Credential-ID of the AE's association with it; the service subscription
 * decides as if the AE asked at that registrar. A stem announced by another registrar before is a
 * move. The link {@code INACTIVE} says that the AE deregistered (clause 10.2.2.5).
 */
final class AeAnncRules implements TypeRules {
  /** {@code lnk} of an AE that has deregistered. */
  static final String DEREGISTERED = "INACTIVE";

  private static final String LABELS = "lbl";
  private static final String LINK_SUBJECT = "lnk (link)";
  private static final String NOT_A_CSE = "<AEAnnc> for another originator than a registrar CSE";

  private final ServiceProvider provider;
  private final AnnouncedAes announced;
  private final StemAssignment stems;

  AeAnncRules(ServiceProvider provider, AnnouncedAes announced, StemAssignment stems) {
    this.provider = provider;
    this.announced = announced;
    this.stems = stems;
  }

  /** An announcement: what is held against the rules, and for which registrar. */
  private record Announcement(CseId registrar, AeRegistration registration) {}

  @Override
  public boolean isRegistration() {
    return true;
  }

  /** One that says that the AE registers (again): its old registrar is not asked. */
  @Override
  public boolean isRegistration(Call update) {
    return update
        .request()
        .content()
        .map(Representation::attributes)
        .flatMap(changes -> changes.text(AnnouncedAes.LINK))
        .flatMap(AeLink::parse)
        .isPresent();
  }

  /** The clause says where a request goes and not where the resource stands. */
  @Override
  public Resource parentOf(Call call, Supplier<Resource> named) {
    requireRegistrar(call);
    Resource registration = registration(call);
    if (!call.request().to().equals(addressAsked(call))) {
      Resource to = named.get();
      if (!to.isBase() && !to.id().equals(registration.id())) {
        throw Refusal.NOT_A_CHILD_TYPE.of("<AEAnnc> below another resource");
      }
    }
    return registration;
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    Announcement asked = announcement(call, draft.attributes());
    requireInFrom(call, asked.registration().from());
    StemAssignment.Assigned assigned = stems.assign(call, asked.registrar(), asked.registration());
    AeId stem = assigned.stem();
    announced.replace(call, stem, asked.registrar());
    makeRoom(call, parent, asked.registrar());
    Resource.Provenance provenance =
        new Resource.Provenance(asked.registrar().value(), parent.provenance().registree());
    Resource completed =
        draft
            .withId(stem.value())
            .withProvenance(provenance)
            .withAttributes(active(draft.attributes(), asked.registrar(), stem));
    // Where the resource is not kept after all, the entry is not either.
    auditAnnounced(call, completed, asked, assigned.reason());
    return completed;
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireRegistrar(call);
    boolean isDeregistered =
        after.attributes().text(AnnouncedAes.LINK).filter(DEREGISTERED::equals).isPresent();
    if (isDeregistered) {
      return deregistered(call, after, changes);
    }
    boolean isHeldAgainstRules =
        List.of(AnnouncedAes.LINK, LABELS, "api").stream().anyMatch(changes::has);
    return isHeldAgainstRules ? announcedAgain(call, after, changes) : after;
  }

  @Override
  public void requireDeletable(Call call) {
    if (!(call.originator() instanceof Originator.Operator)) {
      requireRegistrar(call);
    }
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    auditEnded(store, actor, gone);
  }

  private static Resource deregistered(Call call, Resource after, Attributes changes) {
    if (!changes.has(AnnouncedAes.LINK)) {
      return after;
    }
    auditEnded(call.store(), call.requester().actor(), after);
    return after.withAttributes(
        after.attributes().toBuilder().put(AnnouncedAes.STATUS, AnnouncedAes.INACTIVE).build());
  }

  private Resource announcedAgain(Call call, Resource after, Attributes changes) {
    Announcement asked = announcement(call, after.attributes());
    if (!asked.registration().from().equals(after.id())) {
      throw Refusal.INVALID_ATTRIBUTE.of(LINK_SUBJECT + " of another AE");
    }
    StemAssignment.Assigned assigned = stems.assign(call, asked.registrar(), asked.registration());
    announced.auditMove(call, after, asked.registrar());
    auditAnnounced(call, after, asked, assigned.reason());
    return standing(call, after, changes, asked.registrar())
        .withAttributes(active(after.attributes(), asked.registrar(), assigned.stem()));
  }

  /** Below the registration of the CSE that announces it now, and with its end. */
  private Resource standing(Call call, Resource after, Attributes changes, CseId registrar) {
    Resource registration = registration(call);
    Resource annc =
        changes.has(Expirations.ATTRIBUTE)
            ? after
            : after.expiringAt(registration.times().expires());
    if (annc.parent().equals(registration.id())) {
      return annc.withProvenance(
          new Resource.Provenance(registrar.value(), annc.provenance().registree()));
    }
    Resource moved =
        annc.withPlace(
                new Resource.Place(
                    registration.id(), annc.name(), registration.path() + "/" + annc.name()))
            .withProvenance(
                new Resource.Provenance(registrar.value(), registration.provenance().registree()))
            .expiringAt(
                Expirations.earlier(annc.times().expires(), registration.times().expires()));
    call.resources().delete(annc.id());
    makeRoom(call, registration, registrar);
    if (!call.resources().insert(moved)) {
      throw Refusal.NAME_IN_USE.of("rn (resourceName)");
    }
    return moved;
  }

  private void makeRoom(Call call, Resource registration, CseId registrar) {
    announced
        .inTheWay(call, registration, registrar)
        .ifPresent(
            gone -> {
              call.resources().delete(gone.id());
              deleted(call.store(), call.requester().actor(), gone);
            });
  }

  private static Attributes active(Attributes attributes, CseId registrar, AeId stem) {
    return attributes.toBuilder()
        .put(AnnouncedAes.LINK, registrar + "/" + stem)
        .put("aei", stem.value())
        .put(AnnouncedAes.STATUS, AnnouncedAes.ACTIVE)
        .build();
  }

  /**
   * @throws RefusedException INVALID_ATTRIBUTE if the link is none of the originator's, or the
   *     labels have no single Credential-ID among the labels
   */
  private Announcement announcement(Call call, Attributes attributes) {
    AeLink link =
        attributes
            .text(AnnouncedAes.LINK)
            .flatMap(AeLink::parse)
            .orElseThrow(() -> Refusal.INVALID_ATTRIBUTE.of(LINK_SUBJECT));
    CseId registrar = link.registrar();
    boolean isOriginators = registrar.isSameAs(new CseId(call.requester().id()), provider.sp());
    if (!isOriginators) {
      throw Refusal.INVALID_ATTRIBUTE.of(LINK_SUBJECT + " of another CSE than From");
    }
    return new Announcement(
        registrar.spRelative(),
        new AeRegistration(
            credential(attributes), attributes.text("api").orElseThrow(), link.stem()));
  }

  /** The CSE-ID alone in From leaves it to the link which AE is meant. */
  private static void requireInFrom(Call call, String stem) {
    boolean isAnother =
        AeLink.parse(call.originator().from())
            .filter(from -> !from.stem().equals(stem))
            .isPresent();
    if (isAnother) {
      throw Refusal.INVALID_ATTRIBUTE.of(LINK_SUBJECT + " of another AE than From");
    }
  }

  private static Optional<CredentialId> credential(Attributes attributes) {
    try {
      return CredentialId.toldBy(attributes.texts(LABELS));
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_ATTRIBUTE.of("lbl (labels) with Credential-ID");
    }
  }

  private static Resource registration(Call call) {
    return call.requester()
        .node()
        .flatMap(node -> call.resources().registrationOf(CseResources.REMOTE_CSE.code(), node))
        .orElseThrow(() -> Refusal.CSE_NOT_REGISTERED.of("<AEAnnc>"));
  }

  /** To of case b: the resource by the id that it will have. */
  private String addressAsked(Call call) {
    return AeLink.parse(call.originator().from())
        .map(from -> provider.cse() + "/" + from.stem())
        .orElse("");
  }

  private void requireRegistrar(Call call) {
    String id = call.requester().id();
    boolean isRegistrar =
        CseId.isValid(id)
            && call.requester()
                .node()
                .filter(node -> announced.mayAnnounce(call.store(), new CseId(id), node))
                .isPresent();
    if (!isRegistrar) {
      throw Refusal.OPERATION_NOT_OFFERED.of(NOT_A_CSE);
    }
  }

  private static void auditAnnounced(Call call, Resource annc, Announcement asked, String reason) {
    Attributes detail =
        Attributes.builder()
            .put("ri", annc.id())
            .put("path", annc.path())
            .putAll(
                RegistrationRefusedException.detail(call, asked.registrar(), asked.registration()))
            .put("reason", reason)
            .build();
    call.store()
        .audit()
        .record(
            call.requester().actor(), AuditAction.AE_ANNOUNCED, AnnouncedAes.idOf(annc), detail);
  }

  private static void auditEnded(CseStore store, String actor, Resource annc) {
    store
        .audit()
        .record(
            actor,
            AuditAction.AE_ANNOUNCEMENT_ENDED,
            AnnouncedAes.idOf(annc),
            Attributes.builder()
                .put("ri", annc.id())
                .put("path", annc.path())
                .put("registrar", annc.provenance().creator())
                .build());
  }
}
