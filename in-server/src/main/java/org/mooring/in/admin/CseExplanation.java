// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.Optional;
import java.util.Set;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.cse.CseClaim;
import org.mooring.in.cse.CseObstacle;
import org.mooring.in.cse.CseRegistrations;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;

/** A decision on the registration of a CSE as the admin API tells it. */
final class CseExplanation {
  /** The entries of the audit log that tell of one. */
  static final Set<String> DECISIONS =
      Set.of(AuditAction.CSE_REGISTERED.name(), AuditAction.CSE_REGISTRATION_REFUSED.name());

  private static final String CREDENTIAL = "credential";

  private final ServiceProvider provider;
  private final CseRegistrations registrations;

  CseExplanation(ServiceProvider provider) {
    this.provider = provider;
    this.registrations = new CseRegistrations(provider);
  }

  /**
   * What would be decided now: the credential and the enrolment that the CSE came with, the
   * decision, and the element of the request that is against it.
   */
  Attributes now(Repositories tx, CseClaim claim) {
    Optional<Credential> credential = tx.credentials().find(claim.credential());
    Optional<CseObstacle> obstacle = registrations.decide(tx, claim);
    boolean mayAssociate = credential.filter(held -> held.keepsSessionAt(tx.now())).isPresent();
    Attributes.Builder document =
        Attributes.builder()
            .put(CREDENTIAL, claim.credential().toString())
            .put(
                "credentialStatus",
                credential.map(held -> EnroleeDocument.text(held.status())).orElse("removed"));
    tx.enrolees()
        .ofClient(claim.assigned().absolute(provider.sp()))
        .ifPresent(enrolee -> putEnrolment(document, enrolee));
    document
        .put("csi", claim.assigned().value())
        .put("from", claim.from())
        .put("release", claim.release().text());
    if (!mayAssociate) {
      return refused(
          document,
          CREDENTIAL,
          Refusal.CREDENTIAL_ENDED,
          claim.credential() + " opens no association any more",
          Refusal.CREDENTIAL_ENDED.remedy());
    }
    return obstacle
        .map(
            found ->
                refused(
                    document.put("sent", found.sent()),
                    found.element().subject(),
                    found.refusal(),
                    found.reason(),
                    found.remedy()))
        .orElseGet(
            () ->
                document
                    .put("decision", "allowed")
                    .put("rsc", ResponseStatusCode.CREATED.code())
                    .build());
  }

  private static void putEnrolment(Attributes.Builder document, Enrolee enrolee) {
    document.put("enrolee", enrolee.id().toString());
    enrolee.registrar().ifPresent(other -> document.put("registrar", other.cse().value()));
  }

  private static Attributes refused(
      Attributes.Builder document, String element, Refusal refusal, String reason, String remedy) {
    return document
        .put("decision", "refused")
        .put("rsc", refusal.status().code())
        .put("element", element)
        .put("reason", reason)
        .put("remedy", remedy)
        .build();
  }
}
