// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.mooring.in.transaction.UnitOfWork;

/**
 * Serves what the registrar sends over the association that this CSE made with it: requests for
 * this CSE, and for those below it (TS-0004 clause 7.3.2.6). That the session is the registrar's
 * this CSE made sure of itself; From is the registrar's word.
 */
public final class RegistrarDoor implements RequestHandler {
  private final Transactions<Repositories> store;
  private final Functions functions;
  private final RefusalRecord refusals;

  public RegistrarDoor(
      Transactions<Repositories> store, Functions functions, RefusalRecord refusals) {
    this.store = store;
    this.functions = functions;
    this.refusals = refusals;
  }

  @Override
  public CompletionStage<ResponsePrimitive> handle(Inbound inbound) {
    RequestPrimitive request = inbound.request();
    String from = request.from().orElse("");
    if (functions.goesDown(request)) {
      return store
          .read(tx -> functions.onwardFromAbove(tx, from, request))
          .thenCompose(onward -> functions.send(onward, request));
    }
    UnitOfWork<Repositories, ResponsePrimitive> work =
        tx -> functions.callFromAbove(tx, from, request);
    return (request.operation() == Operation.RETRIEVE ? store.read(work) : store.write(work))
        .exceptionally(
            failure -> {
              throw refusals.told(
                  inbound.peer(), Optional.empty(), failure, RecordedRefusalException::answer);
            });
  }
}
