// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mooring.asn.Backoff;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.dtls.PlainServer;
import org.mooring.common.dtls.SecureServer;
import org.mooring.common.dtls.SecureServerSettings;
import org.mooring.common.identifier.CseId;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.in.admin.AdminApi;
import org.mooring.in.admin.AdminSettings;
import org.mooring.in.admin.DataFolder;
import org.mooring.in.admin.Ports;
import org.mooring.in.admin.ServerAdmin;
import org.mooring.in.admin.StoreServerAdmin;
import org.mooring.in.authz.OriginatorCheck;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.door.FunctionPaths;
import org.mooring.in.door.Functions;
import org.mooring.in.door.HandshakeRecord;
import org.mooring.in.door.MethodGate;
import org.mooring.in.door.PlainDoor;
import org.mooring.in.door.RefusalRecord;
import org.mooring.in.door.RegistrarDoor;
import org.mooring.in.door.SecureDoor;
import org.mooring.in.gateway.AeAnnouncements;
import org.mooring.in.gateway.Announcements;
import org.mooring.in.gateway.AssociatedEntities;
import org.mooring.in.gateway.Descent;
import org.mooring.in.gateway.DistributedKeys;
import org.mooring.in.gateway.Forwarding;
import org.mooring.in.gateway.RegistrarsWords;
import org.mooring.in.gateway.StandingAssociations;
import org.mooring.in.gateway.SubscribedAes;
import org.mooring.in.gateway.TrackedRegistrations;
import org.mooring.in.gateway.Withdrawals;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MN-CSE between ASN-CSEs and the IN-CSE: its tree and its ports, and beside them a node that
 * keeps the way to the registrar. Its rooms are joined here.
 */
public final class GatewayServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

  private final DataFolder folder;
  private final ServerAdmin admin;
  private final ServiceProvider provider;
  private final Ports ports;
  private final StartedParts parts;

  private GatewayServer(
      DataFolder folder,
      ServerAdmin admin,
      ServiceProvider provider,
      Ports ports,
      StartedParts parts) {
    this.folder = folder;
    this.admin = admin;
    this.provider = provider;
    this.ports = ports;
    this.parts = parts;
  }

  /**
   * Starts its node and, once that is enrolled, everything else; then writes {@code ports.json}. At
   * the first start it waits for the MEF as long as that takes.
   *
   * @throws RuntimeException naming the port that is taken or what is wrong with the data folder;
   *     what was started by then is stopped
   */
  public static GatewayServer start(GatewaySettings settings, InstantSource clock) {
    StartedParts parts = new StartedParts();
    try {
      return new Assembly(settings, clock, parts).start();
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** The ports in use. */
  public Ports ports() {
    return ports;
  }

  /** Who it is: the provider, with the MN-CSE as its CSE. */
  public ServiceProvider provider() {
    return provider;
  }

  /** What an operator can ask of it, as the admin API does. */
  public ServerAdmin admin() {
    return admin;
  }

  @Override
  public void close() {
    folder.removePorts();
    parts.close();
  }

  /** Puts one gateway together; each part that needs stopping is added as it starts. */
  private static final class Assembly {
    private final GatewaySettings settings;
    private final InstantSource clock;
    private final StartedParts parts;
    private final DataFolder folder;

    Assembly(GatewaySettings settings, InstantSource clock, StartedParts parts) {
      this.settings = settings;
      this.clock = clock;
      this.parts = parts;
      this.folder = new DataFolder(settings.dataDir());
    }

    GatewayServer start() {
      parts.add(folder.create().lock());
      folder.removePorts();
      GatewayNode node = parts.add(GatewayNode.start(settings, clock));
      ClientConfiguration told = node.awaitEnrolment();
      ServiceProvider provider = provider(told);
      Store store = parts.add(Store.open(StoreSettings.in(settings.dataDir()), clock));
      Announcements announcements =
          new Announcements(store, node.node()::announce, node.executor(), Backoff.DEFAULT);
      CseId registrar = told.registrar().spRelative();
      Withdrawals withdrawals =
          new Withdrawals(
              store, node.node(), provider.cse(), registrar, node.executor(), Backoff.DEFAULT);
      InstantSource ofRegistrar = () -> node.state().serverTime(clock.instant());
      Forwarding forwarding = Forwarding.up(node.node(), announcements::settled, ofRegistrar);
      TrackedRegistrations tracked =
          new TrackedRegistrations(store, forwarding, provider, registrar);
      CseEndpoint cse =
          CseEndpoint.ofMiddleNode(
              provider, registrar, announcements::changed, withdrawals::changed, tracked::doubt);
      awaitWrite(store, cse::prepare);
      LiveSessions sessions =
          new LiveSessions(
              identity -> DistributedKeys.identityOf(provider, identity),
              new AssociatedEntities(store),
              node.executor(),
              clock,
              LiveSessions.Caps.DEFAULT);
      Generations generations = new Generations(sessions);
      HandshakeRecord handshakes = new HandshakeRecord(store, clock);
      RefusalRecord refusals = new RefusalRecord(store, clock);
      FunctionPaths paths = new FunctionPaths(provider);
      DistributedKeys keys =
          new DistributedKeys(store, node.node()::retrieveKey, provider, generations, clock);
      Functions functions =
          Functions.ofMiddleNode(
              provider,
              cse,
              forwarding,
              new Descent(sessions, clock),
              new RegistrarsWords(
                  new AeAnnouncements(
                      forwarding, keys::credentialOf, withdrawals::settled, provider, registrar),
                  new SubscribedAes(forwarding, keys::credentialOf, provider, registrar, clock),
                  tracked));
      OriginatorCheck originators = new OriginatorCheck(provider.sp());
      SecureDoor door =
          new SecureDoor(
              store,
              sessions,
              generations,
              originators,
              paths,
              functions,
              Optional.empty(),
              handshakes,
              new MethodGate(new MethodCheck(MethodPolicy.DEFAULT, Set.of()), refusals),
              clock);
      SecureServer coaps =
          parts.add(
              SecureServer.start(
                  SecureServerSettings.at(new InetSocketAddress(settings.coapsPort()))
                      .withMaxBodyOctets(settings.maxBodyBytes())
                      .withTimers(settings.timers()),
                  keys,
                  door,
                  door));
      PlainServer coap =
          parts.add(
              PlainServer.start(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.coapPort()),
                  settings.maxBodyBytes(),
                  new PlainDoor(
                      store, originators, paths, functions, CoapMode.DISCOVERY, refusals)));
      node.node().serve(new RegistrarDoor(store, functions, refusals));
      new Housekeeping(
              store,
              List.of((tx, most) -> tx.repeatedRequests().purge(), generations::expire, cse::sweep))
          .every(node.executor());
      keepAsking(node, new StandingAssociations(sessions::credentials, keys));
      node.follow(
          state -> {
            showRegistrar(store, state);
            announcements.registered();
            withdrawals.changed();
            tracked.checkAll();
          },
          state -> {
            showRegistrar(store, state);
            tracked.checkAll();
          });
      GatewayStatus status =
          new GatewayStatus(provider, node, announcements, coaps, sessions, handshakes, clock);
      ServerAdmin admin = new StoreServerAdmin(store, status::read);
      AdminApi http =
          parts.add(
              AdminApi.startOfCse(
                  new AdminSettings(settings.httpPort(), folder.tokenFile()), admin));
      Ports ports = new Ports(coaps.port(), coap.port(), http.port());
      folder.writePorts(ports);
      return new GatewayServer(folder, admin, provider, ports, parts);
    }

    /** A gateway grants no keys: the one lifetime that counts here is that of registrations. */
    private ServiceProvider provider(ClientConfiguration told) {
      return new ServiceProvider(
          told.registrar().sp(),
          told.mef(),
          told.maf(),
          told.cseId().spRelative(),
          settings.cseName(),
          settings.accessPoints(),
          new ServiceProvider.Lifetimes(settings.registrations(), Duration.ZERO, Duration.ZERO));
    }

    private static void awaitWrite(Store store, Consumer<Repositories> work) {
      store
          .write(
              tx -> {
                work.accept(tx);
                return true;
              })
          .toCompletableFuture()
          .join();
    }

    private static void showRegistrar(Store store, NodeState state) {
      ClientConfiguration told = state.configuration().orElseThrow();
      state
          .registration(Function.CSE)
          .ifPresent(
              registration ->
                  store
                      .write(
                          tx -> {
                            CseEndpoint.showRegistrar(
                                tx,
                                told.registrar(),
                                told.registrarAccess(),
                                registration.lease().expires());
                            return true;
                          })
                      .exceptionally(
                          failure -> {
                            LOG.warn("the registrar is not shown: {}", failure.toString());
                            return false;
                          }));
    }

    private static void keepAsking(GatewayNode node, StandingAssociations associations) {
      long period = StandingAssociations.PERIOD.toMillis();
      var unused =
          node.executor()
              .scheduleWithFixedDelay(associations::look, period, period, TimeUnit.MILLISECONDS);
    }
  }
}
