// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.bsf.Bootstrapping;
import org.mooring.in.bsf.Bsf;
import org.mooring.in.bsf.HandOver;
import org.mooring.in.bsf.OperatorBsf;
import org.mooring.in.bsf.OwnBsf;
import org.mooring.in.bsf.Refusals;
import org.mooring.in.credential.Generations;
import org.mooring.in.door.HandshakeRecord;
import org.mooring.in.hss.SubscriberTable;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Store;
import org.mooring.in.ub.UbPort;
import org.mooring.in.zn.ZnClient;
import org.mooring.in.zn.ZnPort;

/** Joins what a server's settings make of GBA. */
final class GbaSetup {
  private final ServeSettings settings;
  private final ServiceProvider provider;
  private final Store store;
  private final InstantSource clock;

  GbaSetup(ServeSettings settings, Store store, InstantSource clock) {
    this.settings = settings;
    this.provider = settings.provider();
    this.store = store;
    this.clock = clock;
  }

  /**
   * Who is asked about B-TIDs, by the BSF's name: this server, and the operator.
   *
   * @param started takes the client, which needs stopping
   * @throws IllegalArgumentException if the operator's BSF has the name of a function here
   */
  Map<Fqdn, Bsf> bsfs(Generations generations, UnaryOperator<ZnClient> started) {
    Map<Fqdn, Bsf> bsfs = new HashMap<>();
    bsfs.put(provider.mef(), new OwnBsf(store));
    settings
        .zn()
        .operator()
        .ifPresent(
            operator -> {
              if (provider.isNameOfFunction(operator.name())) {
                throw new IllegalArgumentException(
                    "--bsf-name: " + operator.name() + " is a function of this server");
              }
              ZnClient zn = started.apply(ZnClient.of(operator.root(), settings.zn().tls()));
              bsfs.put(
                  operator.name(),
                  new OperatorBsf(operator.name(), store, zn, provider, generations, clock));
            });
    return Map.copyOf(bsfs);
  }

  /** Opens Ub, where it is wanted. */
  Optional<UbPort> ubPort(Generations generations, MethodCheck methods, BooleanSupplier hasTime) {
    if (settings.ubPort().isEmpty()) {
      return Optional.empty();
    }
    Bootstrapping bootstrapping =
        new Bootstrapping(
            store,
            new SubscriberTable(store),
            provider,
            generations,
            recordAs(AuditAction.BOOTSTRAPPING_REFUSED),
            methods,
            clock);
    return Optional.of(UbPort.start(settings.ubPort().getAsInt(), bootstrapping, hasTime));
  }

  /**
   * Opens the port for functions of others, where it is wanted.
   *
   * @throws IllegalArgumentException if an agreement is about a function of this server
   */
  Optional<ZnPort> znPort() {
    settings.zn().service().ifPresent(service -> requireOthers(service.agreements()));
    HandOver handOver = new HandOver(store, provider.mef(), recordAs(AuditAction.NAF_KEY_REFUSED));
    return settings
        .zn()
        .service()
        .map(
            service ->
                ZnPort.start(service.port(), settings.zn().tls(), service.agreements(), handOver));
  }

  /** Whoever asked for the keys of a function here would have what its nodes authenticate by. */
  private void requireOthers(Collection<Agreement> agreements) {
    agreements.stream()
        .flatMap(agreement -> agreement.nafs().stream())
        .filter(provider::isNameOfFunction)
        .findFirst()
        .ifPresent(
            own -> {
              throw new IllegalArgumentException(
                  "--zn-agreement: " + own + " is a function of this server");
            });
  }

  private Refusals recordAs(AuditAction action) {
    HandshakeRecord refusals = new HandshakeRecord(store, action, clock);
    return (peer, subject, reason) ->
        refusals.failed(peer, Optional.of(subject.toString()), reason);
  }
}
