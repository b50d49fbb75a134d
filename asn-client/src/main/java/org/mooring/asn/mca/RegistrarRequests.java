// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;

/**
 * Requests of other entities for what the node's own CSE hosts, which its registrar sends over the
 * association (TS-0004 clause 7.3.2.6). The registrar has checked From; whoever is registered here
 * speaks here, so that the registrar can not speak for them.
 */
final class RegistrarRequests implements RequestHandler {
  private static final String FROM = "From";

  private final Supplier<StateKeeper> keeper;
  private final ServerClock clock;
  private final Applications applications;
  private final OwnTree tree;
  private final TrackedRegistrations tracking;
  private final Executor executor;

  /**
   * @param executor may wait for the vault's disk
   */
  RegistrarRequests(
      Supplier<StateKeeper> keeper,
      ServerClock clock,
      Applications applications,
      OwnTree tree,
      TrackedRegistrations tracking,
      Executor executor) {
    this.keeper = keeper;
    this.clock = clock;
    this.applications = applications;
    this.tree = tree;
    this.tracking = tracking;
    this.executor = executor;
  }

  @Override
  public CompletionStage<ResponsePrimitive> handle(Inbound inbound) {
    return CompletableFuture.supplyAsync(() -> answer(inbound.request()), executor);
  }

  private ResponsePrimitive answer(RequestPrimitive request) {
    NodeState state = keeper.get().state();
    ClientConfiguration configuration =
        state.configuration().orElseThrow(() -> Refusal.NOT_REACHABLE.of("CSE"));
    if (request.requestExpiration().filter(end -> !clock.now(state).isBefore(end)).isPresent()) {
      throw Refusal.REQUEST_EXPIRED.of("Request Expiration Timestamp");
    }
    requireOfAnother(request.from().orElse(""), configuration);
    if (registersAe(request)) {
      throw Refusal.REGISTRATION_THROUGH_TRANSIT.of("To");
    }
    McaAddress address = McaAddress.of(request.to(), configuration);
    if (address == McaAddress.Base.BASE && RegistrationPointChange.isOne(request)) {
      return moved(request, configuration);
    }
    if (address instanceof McaAddress.Transit) {
      throw Refusal.NO_SUCH_RESOURCE.of("To");
    }
    return tree.answer(request, address);
  }

  /** Not taken at its word, since whoever has a way here could say so: the registrar is asked. */
  private ResponsePrimitive moved(RequestPrimitive request, ClientConfiguration configuration) {
    RegistrationPointChange.of(request)
        .prior()
        .filter(
            ae -> ae.registrar().isSameAs(configuration.cseId(), configuration.registrar().sp()))
        .ifPresent(
            ae -> {
              var unused = tracking.check(ae.stem());
            });
    return ResponsePrimitive.of(ResponseStatusCode.OK, request.requestId());
  }

  private void requireOfAnother(String from, ClientConfiguration configuration) {
    if (from.isEmpty()) {
      throw Refusal.MISSING_PARAMETER.of(FROM);
    }
    CseId own = configuration.cseId();
    SpId sp = configuration.registrar().sp();
    boolean isOwn = CseId.isValid(from) && new CseId(from).isSameAs(own, sp);
    if (isOwn || (AeId.isValid(from) && isOwn(new AeId(from), own, sp))) {
      throw Refusal.WRONG_ORIGINATOR.of(FROM);
    }
  }

  /** A stem alone names an AE of the CSE that it is said at. */
  private boolean isOwn(AeId ae, CseId own, SpId sp) {
    return ae.isStem()
        || (ae.isAssignedByCse()
            ? ae.registrar().isSameAs(own, sp)
            : ae.isSameAs(ae.spRelative(), sp) && applications.isRegistered(ae.stem()));
  }

  private static boolean registersAe(RequestPrimitive request) {
    return request.operation() == Operation.CREATE
        && request.resourceType().orElse(0) == CseResources.AE.code();
  }
}
