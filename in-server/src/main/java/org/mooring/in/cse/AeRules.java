// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.in.audit.AuditAction;

/**
 * {@code <AE>}: the registration of an application (TS-0001 clause 10.2.2.2; TS-0004 clause 7.4.5).
 * Its resourceID and AE-ID are the stem of the AE-ID that its association authenticated; outside
 * any association the one that From names or that is made here. It is its own creator.
 */
final class AeRules implements TypeRules {
  private static final String FROM = "From";
  private static final String AE_ID = "aei";
  private static final char ASSIGNED_BY_CSE = 'C';
  private static final char ASSIGNED_BY_SP = 'S';

  private final Originators originators;
  private final RandomIds ids;

  AeRules(Originators originators, RandomIds ids) {
    this.originators = originators;
    this.ids = ids;
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
    if (!asksForStem(from) && !(AeId.isValid(from) && new AeId(from).isStem())) {
      throw Refusal.INVALID_PARAMETER.of(FROM);
    }
    if (!asksForStem(from) && call.resources().byId(from).isPresent()) {
      throw alreadyRegistered(call.request().releaseVersion()).of("<AE>");
    }
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    AeId stem = new AeId(stem(from(call.originator())));
    Attributes attributes = draft.attributes().toBuilder().put(AE_ID, stem.value()).build();
    return draft
        .withId(stem.value())
        .withProvenance(new Resource.Provenance(originators.ofAe(stem).id(), ""))
        .withAttributes(attributes);
  }

  @Override
  public void created(Call call, Resource parent, Resource created) {
    audit(call.store(), created.provenance().creator(), AuditAction.AE_REGISTERED, created);
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    audit(store, actor, AuditAction.AE_DEREGISTERED, gone);
  }

  /** Of an associated AE its own stem, whatever form From has. */
  private static String from(Originator originator) {
    if (originator instanceof Originator.Associated associated) {
      if (associated.principal().client() instanceof AeId ae) {
        return ae.stem();
      }
      throw Refusal.OPERATION_NOT_OFFERED.of("<AE> for an associated CSE");
    }
    return originator.from();
  }

  private static boolean asksForStem(String from) {
    return from.isEmpty()
        || from.equals(String.valueOf(ASSIGNED_BY_CSE))
        || from.equals(String.valueOf(ASSIGNED_BY_SP));
  }

  private String stem(String from) {
    if (!asksForStem(from)) {
      return from;
    }
    // This CSE is the provider's own: it assigns both kinds (TS-0001 clause 10.2.2.2).
    return ids.stem(from.isEmpty() ? ASSIGNED_BY_CSE : from.charAt(0));
  }

  private static Refusal alreadyRegistered(ReleaseVersion release) {
    return release == ReleaseVersion.RELEASE_3
        ? Refusal.ALREADY_REGISTERED
        : Refusal.ALREADY_REGISTERED_EARLIER_RELEASE;
  }

  private static void audit(CseStore store, String actor, AuditAction action, Resource ae) {
    store
        .audit()
        .record(
            actor,
            action,
            ae.provenance().creator(),
            Attributes.builder()
                .put("ri", ae.id())
                .put("path", ae.path())
                .put("api", ae.attributes().text("api").orElse(""))
                .build());
  }
}
