// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditAction;

/**
 * {@code <remoteCSE>}: the registration of a CSE (TS-0001 clause 10.2.2.7, TS-0004 clause 7.4.4).
 * Its CSE-ID is the one that the provider assigned to the credential of the association; a request
 * may leave From and {@code csi} out and may not deviate. What follows from a registration depends
 * on where this CSE stands ({@link Position}).
 */
final class RemoteCseRules implements TypeRules {
  private static final String CSE_ID = "csi";
  private static final String DESCENDANTS = "dcse";
  private static final String FOR_AN_AE = "<remoteCSE> for an AE";

  private final CseRegistrations registrations;
  private final Position position;
  private final AnnouncedAes announced;

  RemoteCseRules(CseRegistrations registrations, Position position, AnnouncedAes announced) {
    this.registrations = registrations;
    this.position = position;
    this.announced = announced;
  }

  @Override
  public boolean isRegistration() {
    return true;
  }

  @Override
  public void admit(Call call) {
    CseClaim claim = claim(call);
    requireNone(claim, registrations.ofOriginator(call.store(), claim));
  }

  @Override
  public Optional<String> defaultName(Call call) {
    return Optional.of(claim(call).assigned().stem());
  }

  @Override
  public boolean isNamedAfterCse() {
    return true;
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    CseClaim claim = claim(call);
    requireNone(claim, registrations.ofContent(call.store(), claim));
    String assigned = claim.assigned().value();
    return draft
        .withProvenance(new Resource.Provenance(assigned, assigned))
        .withAttributes(draft.attributes().toBuilder().put(CSE_ID, assigned).build());
  }

  @Override
  public void created(Call call, Resource parent, Resource created) {
    position.registered(call.store(), claim(call).assigned());
    audit(
        call.store(),
        call.requester().actor(),
        AuditAction.CSE_REGISTERED,
        created,
        place(created).toBuilder().putAll(claim(call).toAttributes()).build());
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireNoAe(call);
    call.resources()
        .byId(after.id())
        .filter(before -> before.times().expires().isBefore(after.times().expires()))
        .ifPresent(before -> announced.prolong(call.store(), before, after));
    if (changes.has(DESCENDANTS)) {
      CseClaim claim = claim(call);
      requireNone(claim, registrations.ofDescendants(call.store(), claim));
      position.descendantsChanged(call.store());
    }
    return after;
  }

  @Override
  public void requireDeletable(Call call) {
    requireNoAe(call);
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    if (RegistrarMirror.isOne(gone)) {
      return;
    }
    position.deregistered(store, new CseId(gone.provenance().registree()));
    audit(store, actor, AuditAction.CSE_DEREGISTERED, gone, place(gone));
  }

  /** What the CSEs below a registered one have here stands below that one's registration. */
  @Override
  public boolean isPlaceOf(Call call, Resource remoteCse) {
    return call.requester()
        .node()
        .filter(node -> node.value().equals(remoteCse.provenance().registree()))
        .isPresent();
  }

  /** Of those that have the privilege. The registrar may do both itself. */
  private static void requireNoAe(Call call) {
    boolean isCse = call.requester().id().equals(call.requester().scope().cse());
    if (!isCse && !(call.originator() instanceof Originator.Operator)) {
      throw Refusal.OPERATION_NOT_OFFERED.of(FOR_AN_AE);
    }
  }

  private static void requireNone(CseClaim claim, Optional<CseObstacle> obstacle) {
    obstacle.ifPresent(
        found -> {
          throw new CseRegistrationRefusedException(claim, found);
        });
  }

  /** Outside an association nobody but an AE got as far as this (TS-0004 clause 7.3.2.1). */
  private static CseClaim claim(Call call) {
    return CseClaim.of(call.originator(), call.request())
        .orElseThrow(() -> Refusal.OPERATION_NOT_OFFERED.of(FOR_AN_AE));
  }

  private static Attributes place(Resource resource) {
    return Attributes.builder().put("ri", resource.id()).put("path", resource.path()).build();
  }

  private static void audit(
      CseStore store, String actor, AuditAction action, Resource resource, Attributes detail) {
    store.audit().record(actor, action, resource.provenance().registree(), detail);
  }
}
