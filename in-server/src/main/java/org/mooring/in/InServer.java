// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.mooring.common.dtls.BareHandler;
import org.mooring.common.dtls.PlainServer;
import org.mooring.common.dtls.SecureServer;
import org.mooring.common.dtls.SecureServerSettings;
import org.mooring.common.thread.DaemonThreads;
import org.mooring.in.admin.AdminApi;
import org.mooring.in.admin.AdminService;
import org.mooring.in.admin.AdminSettings;
import org.mooring.in.admin.CommandAdmin;
import org.mooring.in.admin.DataFolder;
import org.mooring.in.admin.HttpApprovalHook;
import org.mooring.in.admin.Ports;
import org.mooring.in.admin.StoreAdminService;
import org.mooring.in.admin.StoreGroupAdmin;
import org.mooring.in.admin.StoreSubscriptionAdmin;
import org.mooring.in.authz.OriginatorCheck;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.dns.NameProvisioning;
import org.mooring.in.door.FunctionPaths;
import org.mooring.in.door.Functions;
import org.mooring.in.door.HandshakeRecord;
import org.mooring.in.door.MethodGate;
import org.mooring.in.door.Notices;
import org.mooring.in.door.PlainDoor;
import org.mooring.in.door.PskDirectory;
import org.mooring.in.door.RefusalRecord;
import org.mooring.in.door.SecureDoor;
import org.mooring.in.door.TransactionLookup;
import org.mooring.in.est.EstOperation;
import org.mooring.in.gateway.Descent;
import org.mooring.in.group.ClaimLookUp;
import org.mooring.in.group.Claims;
import org.mooring.in.group.Groups;
import org.mooring.in.maf.ApplicationAssociations;
import org.mooring.in.maf.AuthenticationFunction;
import org.mooring.in.mef.EnroleeStore;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.EnrolmentFunction;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.NodeNames;
import org.mooring.in.mef.Subscriptions;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.trust.HeldKeys;
import org.mooring.in.trust.KeyRetrieval;
import org.mooring.in.trust.RegistrarTargets;
import org.mooring.in.trust.RelayEndpoint;
import org.mooring.in.trust.TargetPolicy;
import org.mooring.in.trust.TrustEndpoint;
import org.mooring.in.ub.UbPort;
import org.mooring.in.zn.ZnPort;

/**
 * The IN server: MEF, MAF and IN-CSE on one coaps port, discovery on coap, the admin API on HTTP.
 * Here its rooms are joined, and nowhere else.
 */
public final class InServer implements AutoCloseable {
  /** Live keys a client may have at one function: two generations of each usage, and spare. */
  private static final int KEYS_PER_CLIENT = 16;

  /**
   * A commit waited for this long tells that there is enough to do for the clients that are in: new
   * ones are let in when it is shorter. Their requests wait 14 s at least before they count as
   * lost.
   */
  private static final Duration BUSY_FROM = Duration.ofSeconds(1);

  /** Clients that were let in and have not spoken yet, beyond which no more are. */
  private static final int NEWCOMERS = 1_000;

  private final DataFolder folder;
  private final AdminService admin;
  private final Ports ports;
  private final StartedParts parts;

  private InServer(DataFolder folder, AdminService admin, Ports ports, StartedParts parts) {
    this.folder = folder;
    this.admin = admin;
    this.ports = ports;
    this.parts = parts;
  }

  /**
   * Starts everything and, once the server answers, writes {@code ports.json}.
   *
   * @throws RuntimeException naming the port that is taken or what is wrong with the data folder;
   *     what was started by then is stopped
   */
  public static InServer start(ServeSettings settings, InstantSource clock) {
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

  /** What an operator can ask of the server, as the admin API does. */
  public AdminService admin() {
    return admin;
  }

  /** Stops taking requests, finishes those under way, and lets go of ports, threads and files. */
  @Override
  public void close() {
    folder.removePorts();
    parts.close();
  }

  /** Puts one server together; each part that needs stopping is added as it starts. */
  private static final class Assembly {
    private final ServeSettings settings;
    private final ServiceProvider provider;
    private final InstantSource clock;
    private final StartedParts parts;
    private final DataFolder folder;

    Assembly(ServeSettings settings, InstantSource clock, StartedParts parts) {
      this.settings = settings;
      this.provider = settings.provider();
      this.clock = clock;
      this.parts = parts;
      this.folder = new DataFolder(settings.dataDir());
    }

    InServer start() {
      FreePorts.require(settings);
      parts.add(folder.create().lock());
      folder.removePorts();
      Store store = parts.add(Store.open(storeSettings(), clock));
      ScheduledThreadPoolExecutor scheduler = DaemonThreads.scheduler("in-scheduler", 1);
      parts.add(scheduler::shutdownNow);
      MethodCheck methods = MethodSetup.check(settings, store);
      FunctionPaths paths = new FunctionPaths(provider);
      HandshakeRecord handshakes = new HandshakeRecord(store, clock);
      KeyRetrieval mefKeys = new HeldKeys(provider.mef(), provider.sp());
      KeyRetrieval mafKeys = new HeldKeys(provider.maf(), provider.sp());
      NodeNames nodeNames = new NodeNames();
      ClaimLookUp claimLookUp = new ClaimLookUp(provider, nodeNames);
      PskDirectory directory =
          new PskDirectory(store, paths, mefKeys, mafKeys, claimLookUp, methods);
      LiveSessions sessions =
          new LiveSessions(
              directory::identityOf,
              directory::principal,
              scheduler,
              clock,
              LiveSessions.Caps.DEFAULT);
      Generations generations = new Generations(sessions);
      GbaSetup gba = new GbaSetup(settings, store, clock);
      CertificateSetup certificates = new CertificateSetup(settings, clock, parts::add);
      ApplicationSetup applications = new ApplicationSetup(settings, generations, clock);
      TransactionLookup lookup =
          new TransactionLookup(
              store, paths, gba.bsfs(generations, parts::add), methods, directory);
      Enrolees enrolees =
          new Enrolees(
              provider, generations, nodeNames, settings.methods(), MethodSetup.served(settings));
      Groups groups = new Groups(provider, enrolees);
      Claims claims =
          new Claims(claimLookUp, enrolees, parts.add(new HttpApprovalHook(store, groups)));

      TargetPolicy targets = new RegistrarTargets(provider, KEYS_PER_CLIENT);
      TrustEndpoint<EnroleeStore> mef =
          TrustEndpoint.of(
              new EnrolmentFunction(
                  provider, settings.reEnrolment(), sessions::isAnyInUse, methods),
              provider,
              generations,
              targets);
      Optional<ApplicationAssociations<Repositories>> associations =
          applications.associations(mefKeys);
      TrustEndpoint<Repositories> maf =
          TrustEndpoint.of(
              new AuthenticationFunction<>(provider, generations, mefKeys, associations),
              provider,
              generations,
              targets);
      Descent descent = new Descent(sessions, clock);
      CseEndpoint cse =
          prepared(
              new CseEndpoint(
                  provider,
                  settings.announcedAes(),
                  settings.dns().isPresent() || store.isShared(),
                  new Notices(store, descent, provider)),
              store);
      Subscriptions subscriptions = new Subscriptions(provider, generations);
      new Housekeeping(
              store,
              List.of(
                  (tx, most) -> tx.repeatedRequests().purge(),
                  (tx, most) -> tx.challenges().purge(),
                  mef::expire,
                  maf::expire,
                  generations::expire,
                  subscriptions::recordEnds,
                  cse::sweep))
          .every(scheduler);

      Optional<CertificateProvisioning> provisioning = certificates.provisioning();
      Functions functions =
          new Functions(
              provider,
              mef,
              maf,
              cse,
              associations.map(there -> new RelayEndpoint<>(provider.cseFqdn(), there)),
              descent,
              provisioning.isPresent() ? EstOperation.links() : List.of());
      RefusalRecord refusals = new RefusalRecord(store, clock);
      MethodGate gate = new MethodGate(methods, refusals);
      OriginatorCheck originators = new OriginatorCheck(provider.sp());
      SecureDoor door =
          new SecureDoor(
              store,
              sessions,
              generations,
              originators,
              paths,
              functions,
              Optional.of(claims),
              handshakes,
              gate,
              clock);
      SecureServer coaps =
          parts.add(
              SecureServer.start(
                  secureServerSettings(),
                  lookup,
                  certificates.shown(store, methods),
                  door,
                  provisioning
                      .<BareHandler>map(ca -> ca.door(store, sessions, generations, gate, provider))
                      .orElse(BareHandler.NONE),
                  door,
                  () -> hasTime(store, sessions)));
      PlainDoor plainDoor =
          new PlainDoor(store, originators, paths, functions, settings.coapMode(), refusals);
      PlainServer coap =
          parts.add(
              PlainServer.start(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.coapPort()),
                  settings.maxBodyBytes(),
                  plainDoor));
      Optional<NameProvisioning> names =
          settings
              .dns()
              .map(
                  dns ->
                      parts.add(
                          NameProvisioning.start(store, provider, dns, store.isShared(), clock)));
      LiveStatus status =
          new LiveStatus(settings, clock, store, coaps, coap, sessions, handshakes, names);
      AdminService admin =
          new StoreAdminService(
              store,
              enrolees,
              subscriptions,
              generations,
              new CommandAdmin(provider),
              new StoreGroupAdmin(store, groups),
              applications.admin(store),
              new StoreSubscriptionAdmin(store, provider, cse),
              settings.allowWeakKey(),
              status::read);
      AdminApi http =
          parts.add(
              AdminApi.start(new AdminSettings(settings.httpPort(), folder.tokenFile()), admin));
      int ub =
          gba.ubPort(generations, methods, () -> hasTime(store, sessions))
              .map(parts::add)
              .map(UbPort::port)
              .orElse(0);
      int zn = gba.znPort().map(parts::add).map(ZnPort::port).orElse(0);
      Ports ports = new Ports(coaps.port(), coap.port(), http.port(), ub, zn);
      folder.writePorts(ports);
      return new InServer(folder, admin, ports, parts);
    }

    private static boolean hasTime(Store store, LiveSessions sessions) {
      return store.writeDelay().compareTo(BUSY_FROM) < 0 && sessions.newcomers() < NEWCOMERS;
    }

    private StoreSettings storeSettings() {
      StoreSettings inFolder = StoreSettings.in(settings.dataDir());
      return settings.jdbcUrl().isEmpty() ? inFolder : inFolder.withJdbcUrl(settings.jdbcUrl());
    }

    private SecureServerSettings secureServerSettings() {
      return SecureServerSettings.at(new InetSocketAddress(settings.coapsPort()))
          .withMaxBodyOctets(settings.maxBodyBytes())
          .withTimers(settings.timers());
    }

    private CseEndpoint prepared(CseEndpoint cse, Store store) {
      store
          .write(
              tx -> {
                SubscriptionSetup.prepare(cse, provider, tx);
                return true;
              })
          .toCompletableFuture()
          .join();
      return cse;
    }
  }
}
