// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/**
 * {@code <remoteCSE>}: the registration of a CSE (TS-0001 clause 10.2.2.7, TS-0004 clause 7.4.4).
 * Its CSE-ID is the one that the provider assigned to the credential of the association; a request
 * may leave From and {@code csi} out and may not deviate.
 */
final class RemoteCseRules implements TypeRules {
  private static final String CSE_ID = "csi";
  private static final int TYPE = CseResources.REMOTE_CSE.code();

  private final ServiceProvider provider;

  RemoteCseRules(ServiceProvider provider) {
    this.provider = provider;
  }

  @Override
  public boolean isRegistration() {
    return true;
  }

  @Override
  public void admit(Call call) {
    requireCse(call);
    if (call.resources().registrationOf(TYPE, assigned(call)).isPresent()) {
      throw Refusal.ALREADY_REGISTERED.of("<remoteCSE>");
    }
  }

  @Override
  public Optional<String> defaultName(Call call) {
    return Optional.of(assigned(call).stem());
  }

  @Override
  public boolean isNamedAfterCse() {
    return true;
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    CseId assigned = assigned(call);
    boolean deviates =
        draft
            .attributes()
            .text(CSE_ID)
            .filter(given -> !new CseId(given).isSameAs(assigned, provider.sp()))
            .isPresent();
    if (deviates) {
      throw Refusal.WRONG_CSE_ID.of("csi (CSE-ID)");
    }
    // Names below the CSEBase are one space: another's stem would keep its owner from registering.
    if (!draft.name().equals(assigned.stem())) {
      throw Refusal.INVALID_ATTRIBUTE.of("rn (resourceName)");
    }
    return draft
        .withProvenance(new Resource.Provenance(assigned.value(), assigned.value()))
        .withAttributes(draft.attributes().toBuilder().put(CSE_ID, assigned.value()).build());
  }

  @Override
  public void created(Call call, Resource parent, Resource created) {
    audit(call.store(), call.requester().actor(), AuditAction.CSE_REGISTERED, created);
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireCse(call);
    return after;
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    audit(store, actor, AuditAction.CSE_DEREGISTERED, gone);
  }

  /** Outside an association nobody but an AE got as far as this (TS-0004 clause 7.3.2.1). */
  private static void requireCse(Call call) {
    if (!call.requester().id().equals(call.requester().scope().association())) {
      throw Refusal.OPERATION_NOT_OFFERED.of("<remoteCSE> for an AE");
    }
  }

  /** The SP-relative CSE-ID that the provider assigned to the originator. */
  private static CseId assigned(Call call) {
    if (call.originator() instanceof Originator.Associated associated
        && associated.principal().client() instanceof CseId cse) {
      return cse.spRelative();
    }
    throw Refusal.ASSOCIATION_REQUIRED.of("<remoteCSE>");
  }

  private static void audit(CseStore store, String actor, AuditAction action, Resource resource) {
    store
        .audit()
        .record(
            actor,
            action,
            resource.provenance().registree(),
            Attributes.builder().put("ri", resource.id()).put("path", resource.path()).build());
  }
}
