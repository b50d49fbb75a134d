// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.resource.TrackedRegistration;

/**
 * AEs with a {@code C} stem of their own that want their registration points tracked (TS-0001
 * clause 10.2.2.2 case f): the registrar is told that one registers here. It is asked, too, whether
 * one still counts as registered here, since a node may be away when that changes; one that has
 * registered elsewhere since is removed.
 */
final class TrackedRegistrations {
  private final Supplier<StateKeeper> keeper;
  private final Applications applications;
  private final Sender association;
  private final Executor executor;

  /**
   * @param executor may wait for the vault's disk
   */
  TrackedRegistrations(
      Supplier<StateKeeper> keeper,
      Applications applications,
      Sender association,
      Executor executor) {
    this.keeper = keeper;
    this.applications = applications;
    this.association = association;
    this.executor = executor;
  }

  /**
   * Tells that an AE registers here; the answer is whether it may.
   *
   * @param registration after whose Request Expiration Timestamp the registrar takes no notice
   */
  CompletionStage<ResponsePrimitive> tell(String stem, RequestPrimitive registration) {
    RequestPrimitive.Builder arrival =
        notification(RegistrationPointChange.arrivalOf(id(stem)))
            .releaseVersion(registration.releaseVersion());
    registration.requestExpiration().ifPresent(arrival::requestExpiration);
    return association.send(arrival.build());
  }

  /** Asks whether all that are registered here still count as that. */
  void checkAll() {
    applications.stems().forEach(this::check);
  }

  /**
   * Asks whether an AE that is registered here still counts as that, and removes it if not. Where
   * the registrar can not be asked it stays.
   */
  CompletionStage<Void> check(String stem) {
    Optional<Attributes> asked =
        applications.find(stem).filter(ae -> TrackedRegistration.isOne(stem, ae));
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return association
        .send(
            notification(RegistrationPointChange.confirmationOf(id(stem)))
                .releaseVersion(ReleaseVersion.RELEASE_3)
                .build())
        .thenAcceptAsync(answer -> heard(stem, asked.get(), answer), executor)
        .exceptionally(failure -> null);
  }

  private void heard(String stem, Attributes asked, ResponsePrimitive answer) {
    if (answer.status() == ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED) {
      applications.find(stem).filter(asked::equals).ifPresent(applications::deregister);
    }
  }

  private RequestPrimitive.Builder notification(RegistrationPointChange change) {
    ClientConfiguration configuration = configuration();
    return RequestPrimitive.builder(
            Operation.NOTIFY, OwnCse.registrarBase(configuration), RequestIds.random())
        .from(configuration.cseId().spRelative().value())
        .content(change.toContent());
  }

  private AeId id(String stem) {
    return new AeId(stem).spRelative(configuration().cseId());
  }

  private ClientConfiguration configuration() {
    return keeper.get().state().configuration().orElseThrow();
  }
}
