// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.association.KeyRetrieval;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.ClientConfiguration;

/**
 * Keys that other clients registered with this node's CSE as their target. They are asked for as
 * those clients come, so the session with each function stays open and is recovered or replaced as
 * an association is.
 */
final class KeysForUs implements AutoCloseable {
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Executor executor;
  private final Sessions sessions;
  private final Map<Fqdn, CompletableFuture<AssociationLink>> links = new HashMap<>();
  private boolean closed;

  /**
   * @param executor where answers are dealt with and names are looked up
   */
  KeysForUs(
      SecureEndpointFactory endpoints, StateKeeper keeper, ServerClock clock, Executor executor) {
    this.keeper = keeper;
    this.clock = clock;
    this.executor = executor;
    this.sessions = new Sessions(endpoints, keeper, executor);
  }

  CompletionStage<RetrievedKey> retrieve(KeyIdentifier id) {
    return link(id.issuer()).thenCompose(link -> KeyRetrieval.run(link, id));
  }

  private synchronized CompletionStage<AssociationLink> link(Fqdn function) {
    if (closed) {
      return CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("node that was stopped"));
    }
    CompletableFuture<AssociationLink> standing = links.get(function);
    if (standing != null) {
      return standing;
    }
    CompletableFuture<AssociationLink> opened = new CompletableFuture<>();
    links.put(function, opened);
    executor.execute(() -> open(function, opened));
    return opened;
  }

  private void open(Fqdn function, CompletableFuture<AssociationLink> opened) {
    try {
      Way way = way(function);
      Exchange exchange = way.opener().get();
      exchange
          .connect()
          .whenComplete(
              (session, failure) -> {
                if (failure == null) {
                  opened.complete(
                      new AssociationLink(
                          exchange,
                          way.opener(),
                          way.credential().identity(),
                          request -> true,
                          lost -> forget(function, opened)));
                } else {
                  exchange.close();
                  fail(function, opened, failure);
                }
              });
    } catch (RuntimeException e) {
      fail(function, opened, e);
    }
  }

  private record Way(EndpointCredential credential, Supplier<Exchange> opener) {}

  private Way way(Fqdn function) {
    NodeState state = keeper.state();
    ClientConfiguration told =
        state
            .configuration()
            .orElseThrow(() -> Refusal.NOT_REACHABLE.of("functions (not enrolled yet)"));
    if (function.equals(told.maf()) && state.isUsable(Rung.MAF, clock.now(state))) {
      EndpointCredential credential = AssociationKeys.opening(state, Rung.MAF);
      return new Way(credential, () -> sessions.toMaf(credential, 0));
    }
    if (function.equals(told.mef())) {
      LifePlan.Move move = LifePlan.atMef(state, clock.now(state), LifeStep.COMMANDS);
      EndpointCredential credential =
          AssociationKeys.towardMef(state, move.rung(), move.tentative());
      return new Way(credential, () -> sessions.toMef(move.rung(), move.tentative()));
    }
    throw Refusal.NOT_REACHABLE.of(function.value());
  }

  private void fail(Fqdn function, CompletableFuture<AssociationLink> opened, Throwable failure) {
    forget(function, opened);
    opened.completeExceptionally(Failures.causeOf(failure));
  }

  private void forget(Fqdn function, CompletableFuture<AssociationLink> opened) {
    synchronized (this) {
      links.remove(function, opened);
    }
    var unused = opened.thenAccept(AssociationLink::close);
  }

  @Override
  public void close() {
    Map<Fqdn, CompletableFuture<AssociationLink>> standing;
    synchronized (this) {
      closed = true;
      standing = Map.copyOf(links);
    }
    sessions.close();
    standing.forEach(this::forget);
  }
}
