// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.resource.ClientConfiguration;

/**
 * Where a node's sessions go, by what its state tells: to the MEF, the MAF or the registrar.
 * Whoever asks for one closes it; the one begun last is closed here too when the node is stopped.
 */
final class Sessions implements AutoCloseable {
  private final SecureEndpointFactory endpoints;
  private final StateKeeper keeper;
  private final Executor executor;
  private @Nullable Exchange underway;
  private boolean closed;

  /**
   * @param executor where answers are dealt with
   */
  Sessions(SecureEndpointFactory endpoints, StateKeeper keeper, Executor executor) {
    this.endpoints = endpoints;
    this.keeper = keeper;
    this.executor = executor;
  }

  /**
   * A session with the MEF, not connected yet.
   *
   * @param rung that of the factory credential or of the issued certificate
   * @param tentative whether it is the next certificate, which was not used yet
   */
  Exchange toMef(Rung rung, boolean tentative) {
    MefCredential mef = keeper.state().bootstrap();
    return open(
        new PointOfAccess(mef.host(), mef.port()).resolve(),
        mef.mef(),
        AssociationKeys.towardMef(keeper.state(), rung, tentative));
  }

  /**
   * A session with the MAF, not connected yet.
   *
   * @param attempt failures before, which choose among several points of access
   */
  Exchange toMaf(EndpointCredential credential, int attempt) {
    NodeState state = keeper.state();
    ClientConfiguration told = state.configuration().orElseThrow();
    PointOfAccess maf = PointOfAccess.choose(told.mafAccess(), attempt, state.factory());
    return open(maf.resolve(), told.maf(), credential);
  }

  /**
   * Opens sessions with the registrar, each at the same point of access; only those that {@link
   * #begun} is told of are closed here.
   */
  Supplier<Exchange> toRegistrar(EndpointCredential credential, int attempt) {
    NodeState state = keeper.state();
    ClientConfiguration told = state.configuration().orElseThrow();
    InetSocketAddress address =
        PointOfAccess.choose(told.registrarAccess(), attempt, state.factory()).resolve();
    return () -> exchange(address, told.registrarFqdn(), credential);
  }

  /** Opens sessions with another entity; none of them is closed here. */
  Supplier<Exchange> toTarget(EndpointCredential credential, PointOfAccess where, EntityId target) {
    ClientConfiguration told = keeper.state().configuration().orElseThrow();
    InetSocketAddress address = where.resolve();
    return () -> exchange(address, target.fqdn(told.registrar().sp()), credential);
  }

  private Exchange open(InetSocketAddress where, Fqdn function, EndpointCredential credential) {
    return begun(exchange(where, function, credential));
  }

  private Exchange exchange(InetSocketAddress where, Fqdn function, EndpointCredential credential) {
    return new Exchange(endpoints.open(where, function, credential), executor);
  }

  /** Has a session broken off when the node is stopped, unless another one is begun before. */
  synchronized Exchange begun(Exchange exchange) {
    underway = exchange;
    if (closed) {
      exchange.close();
    }
    return exchange;
  }

  /** Breaks off the one that was opened last. */
  @Override
  public synchronized void close() {
    closed = true;
    if (underway != null) {
      underway.close();
    }
  }
}
