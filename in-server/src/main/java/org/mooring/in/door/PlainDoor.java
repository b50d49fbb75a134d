// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.authz.OriginatorCheck;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.mooring.in.transaction.UnitOfWork;

/**
 * Serves the plain coap port: discovery to everyone, and where the provider opened the CSE for test
 * beds, TS-0004's rules for requests outside an association. MEF and MAF stay closed.
 */
public final class PlainDoor implements RequestHandler {
  private final Transactions<Repositories> store;
  private final OriginatorCheck originators;
  private final FunctionPaths paths;
  private final Functions functions;
  private final CoapMode mode;
  private final RefusalRecord refusals;

  public PlainDoor(
      Transactions<Repositories> store,
      OriginatorCheck originators,
      FunctionPaths paths,
      Functions functions,
      CoapMode mode,
      RefusalRecord refusals) {
    this.store = store;
    this.originators = originators;
    this.paths = paths;
    this.functions = functions;
    this.mode = mode;
    this.refusals = refusals;
  }

  @Override
  public CompletionStage<ResponsePrimitive> handle(Inbound inbound) {
    RequestPrimitive request = inbound.request();
    if (request.to().equals(FunctionPaths.DISCOVERY)) {
      return CompletableFuture.completedStage(functions.discover(request));
    }
    if (mode == CoapMode.DISCOVERY || paths.ofAddress(request.to()) != FunctionRole.CSE) {
      throw Refusal.ASSOCIATION_REQUIRED.of("request over coap");
    }
    String originator = originators.outsideAssociation(request);
    if (functions.goesOn(request)) {
      return store
          .read(tx -> functions.onwardOpen(tx, originator, request))
          .thenCompose(onward -> functions.send(onward, request));
    }
    UnitOfWork<Repositories, ResponsePrimitive> work =
        tx -> functions.callOpen(tx, originator, inbound.peer().getAddress(), request);
    return (request.operation() == Operation.RETRIEVE ? store.read(work) : store.write(work))
        .exceptionally(
            failure -> {
              throw refusals.told(
                  inbound.peer(), Optional.empty(), failure, RecordedRefusalException::answer);
            });
  }
}
