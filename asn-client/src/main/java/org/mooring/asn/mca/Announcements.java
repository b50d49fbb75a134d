// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.CredentialId;

/**
 * What the registrar is asked and told of the AEs here whose stems the provider assigns: their
 * {@code <AEAnnc>}s (TS-0001 clauses 10.2.2.2 cases a, b and e, and 10.2.2.5).
 */
final class Announcements {
  /** The stem of an AE that has none yet. */
  static final String TO_BE_ASSIGNED = "S";

  private static final String LINK = "lnk";
  private static final String DEREGISTERED = "INACTIVE";

  /** Mca has no security associations. */
  private static final List<String> NO_CREDENTIAL = List.of(CredentialId.label(Optional.empty()));

  private final Supplier<StateKeeper> keeper;
  private final Sender association;

  Announcements(Supplier<StateKeeper> keeper, Sender association) {
    this.keeper = keeper;
    this.association = association;
  }

  /** Whether an AE-ID-Stem, or what asks for one, is of the kind that the provider assigns. */
  static boolean isOfProvider(String stem) {
    return stem.startsWith(TO_BE_ASSIGNED);
  }

  /**
   * Asks whether an AE may register here.
   *
   * @param stem its own, or {@link #TO_BE_ASSIGNED}
   * @param ae with its {@code api}, and {@code et} where it has one
   * @param release in which the AE speaks, and a refusal is told
   * @param requestId the same for the same question, where that may have been asked before
   * @return the registrar's answer: with the stem as {@code ri}, or a refusal
   */
  CompletionStage<ResponsePrimitive> announce(
      String stem, Attributes ae, ReleaseVersion release, String requestId) {
    Attributes.Builder announced =
        Attributes.builder()
            .put(LINK, link(stem))
            .put("api", ae.text("api").orElse(""))
            .put("lbl", NO_CREDENTIAL);
    ae.timestamp("et").ifPresent(end -> announced.put("et", end));
    String base = OwnCse.registrarBase(configuration());
    return association.send(
        RequestPrimitive.builder(Operation.CREATE, base, requestId)
            .resourceType(CseResources.AE_ANNC.code())
            .from(link(stem))
            .releaseVersion(release)
            .content(Representation.of(CseResources.AE_ANNC.root(), announced.build()))
            .build());
  }

  /** Tells that an AE deregisters; whatever the answer is, nothing is announced afterwards. */
  CompletionStage<ResponsePrimitive> withdraw(String stem) {
    Attributes changes = Attributes.builder().put(LINK, DEREGISTERED).build();
    return association.send(
        about(Operation.UPDATE, stem)
            .content(Representation.of(CseResources.AE_ANNC.root(), changes))
            .build());
  }

  /** Asks for what is announced of an AE. */
  CompletionStage<ResponsePrimitive> retrieve(String stem) {
    return association.send(about(Operation.RETRIEVE, stem).build());
  }

  private RequestPrimitive.Builder about(Operation operation, String stem) {
    String address = configuration().registrar().spRelative() + "/" + stem;
    return RequestPrimitive.builder(operation, address, RequestIds.random()).from(link(stem));
  }

  private String link(String stem) {
    return configuration().cseId().spRelative() + "/" + stem;
  }

  private ClientConfiguration configuration() {
    return keeper.get().state().configuration().orElseThrow();
  }
}
