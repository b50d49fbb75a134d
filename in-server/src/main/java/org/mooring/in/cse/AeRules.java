// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.TrackedRegistration;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.audit.AuditAction;

/**
 * {@code <AE>}: the registration of an application (TS-0001 clause 10.2.2.2, TS-0004 clause 7.4.5).
 * The service subscription decides whether it may. Its resourceID and AE-ID are the stem of the
 * AE-ID that its association authenticated; outside any association the one that From names or that
 * is assigned here, where this CSE is the provider's own (cases b and d, or a and c without the
 * announcement). It is its own creator.
 */
final class AeRules implements TypeRules {
  private static final String FROM = "From";
  private static final String AE_ID = "aei";
  private static final String APP_ID = "api";

  private final Originators originators;
  private final CseId registrar;
  private final Position position;
  private final AnnouncedAes announced;
  private final StemAssignment stems;

  /**
   * @param registrar this CSE, SP-relative
   */
  AeRules(
      Originators originators,
      CseId registrar,
      Position position,
      AnnouncedAes announced,
      StemAssignment stems) {
    this.originators = originators;
    this.registrar = registrar;
    this.position = position;
    this.announced = announced;
    this.stems = stems;
  }

  @Override
  public boolean isRegistration() {
    return true;
  }

  @Override
  public void admit(Call call) {
    String from = from(call.originator());
    if (CseId.isValid(from)) {
      throw Refusal.ASSOCIATION_REQUIRED.of(FROM);
    }
    boolean isStem = AeId.isValid(from) && new AeId(from).isStem();
    if (!isStem && !AeRegistration.asksForStem(from)) {
      throw Refusal.INVALID_PARAMETER.of(FROM);
    }
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    requireTrackable(draft.attributes());
    AeRegistration registration = registration(call, draft);
    requireOpen(call, registration.from());
    StemAssignment.Assigned assigned = stems.assign(call, registrar, registration);
    AeId stem = assigned.stem();
    requireOpen(call, stem.value());
    announced.replace(call, stem, registrar);
    Attributes attributes = draft.attributes().toBuilder().put(AE_ID, stem.value()).build();
    Resource completed =
        draft
            .withId(stem.value())
            .withProvenance(new Resource.Provenance(originators.ofAe(stem).id(), ""))
            .withAttributes(attributes);
    record(call, registration, assigned.reason(), completed);
    return completed;
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireTrackable(changes);
    if (changes.has(TrackedRegistration.ATTRIBUTE)) {
      requireStillTracked(call, after);
    }
    return after;
  }

  /** The registrar would go on tracking it, and nobody here would remove it on its word. */
  private void requireStillTracked(Call call, Resource after) {
    AeId stem = new AeId(after.id());
    if (TrackedAes.isOne(after)) {
      position.doubted(call.store(), stem);
    } else if (TrackedAes.find(call.store(), stem).isPresent()) {
      throw Refusal.NOT_PERMITTED_ATTRIBUTE.of("trps (trackRegistrationPoints) of a tracked <AE>");
    }
  }

  /** What stands below an {@code <AE>} at the IN-CSE can not follow it to another registrar. */
  private void requireTrackable(Attributes given) {
    if (given.has(TrackedRegistration.ATTRIBUTE) && !position.letsAesRoam()) {
      throw Refusal.UNSUPPORTED_ATTRIBUTE.of("trps (trackRegistrationPoints)");
    }
  }

  /** Outside associations no stem is given that is for associations alone. */
  private void requireOpen(Call call, String from) {
    boolean isStem = AeId.isValid(from) && !AeRegistration.asksForStem(from);
    if (call.originator() instanceof Originator.Open && isStem) {
      originators.requireOpen(call.store(), new AeId(from));
    }
  }

  /** Where the resource is not kept after all, the entry is not either. */
  private void record(Call call, AeRegistration registration, String reason, Resource completed) {
    Attributes detail =
        Attributes.builder()
            .putAll(place(completed))
            .putAll(RegistrationRefusedException.detail(call, registrar, registration))
            .put("reason", reason)
            .build();
    String actor = completed.provenance().creator();
    audit(call.store(), actor, AuditAction.AE_REGISTERED, completed, detail);
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    recordEnd(store, actor, gone);
    position.aeLeft(store, new AeId(gone.id()));
  }

  static void recordEnd(CseStore store, String actor, Resource gone) {
    Attributes detail = place(gone).toBuilder().put(APP_ID, appId(gone)).build();
    audit(store, actor, AuditAction.AE_DEREGISTERED, gone, detail);
  }

  /** Of an associated AE the stem, whatever form From has. */
  private String from(Originator originator) {
    if (originator instanceof Originator.Associated associated
        && associated.principal().client() instanceof AeId ae) {
      if (!originators.isOfThisCse(ae)) {
        throw Refusal.OPERATION_NOT_OFFERED.of("<AE> that another CSE is the registrar of");
      }
      return originators.registering(ae, associated.from()).stem();
    }
    if (originator instanceof Originator.Open) {
      return originator.from();
    }
    throw Refusal.OPERATION_NOT_OFFERED.of("<AE> for an associated CSE");
  }

  private AeRegistration registration(Call call, Resource ae) {
    Optional<CredentialId> credential =
        call.word().map(RegistrarsWord::credential).or(() -> credentialOf(call.originator()));
    return new AeRegistration(credential, appId(ae), from(call.originator()));
  }

  private static Optional<CredentialId> credentialOf(Originator originator) {
    return originator instanceof Originator.Associated associated
        ? associated.credential()
        : Optional.empty();
  }

  private static String appId(Resource ae) {
    return ae.attributes().text(APP_ID).orElse("");
  }

  private static Attributes place(Resource ae) {
    return Attributes.builder().put("ri", ae.id()).put("path", ae.path()).build();
  }

  private static void audit(
      CseStore store, String actor, AuditAction action, Resource ae, Attributes detail) {
    store.audit().record(actor, action, ae.provenance().creator(), detail);
  }
}
