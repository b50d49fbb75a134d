// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.RecordedSessions;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.group.Groups;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.Subscriptions;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

/** The admin API over a SQLite store of its own, without the rest of a server. */
public final class RunningAdmin implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final DataFolder folder;
  private final Store store;
  private final AdminApi api;
  private final RecordedSessions sessions = new RecordedSessions();

  private RunningAdmin(Path path) {
    this.folder = new DataFolder(path).create();
    this.store = Store.open(StoreSettings.in(path), () -> NOW);
    Generations generations = new Generations(sessions);
    Enrolees enrolees = new Enrolees(provider(), generations);
    CseEndpoint cse = new CseEndpoint(provider());
    store
        .write(
            tx -> {
              cse.prepare(tx);
              return true;
            })
        .toCompletableFuture()
        .join();
    AdminService service =
        new StoreAdminService(
            store,
            enrolees,
            new Subscriptions(provider(), generations),
            generations,
            new CommandAdmin(provider()),
            new StoreGroupAdmin(store, new Groups(provider(), enrolees)),
            Optional.of(new StoreAppAdmin(store, provider(), generations)),
            new StoreSubscriptionAdmin(store, provider(), cse),
            false,
            () -> Attributes.builder().put("coapMode", "open").put("sessions", 3).build());
    this.api = AdminApi.start(new AdminSettings(0, folder.tokenFile()), service);
    folder.writePorts(new Ports(1, 2, api.port()));
  }

  public static RunningAdmin in(Path path) {
    return new RunningAdmin(path);
  }

  public DataFolder folder() {
    return folder;
  }

  Store store() {
    return store;
  }

  /** The credentials whose live sessions were to be closed. */
  List<KeyIdentifier> ended() {
    return sessions.ended();
  }

  private static ServiceProvider provider() {
    return new ServiceProvider(
        SpId.parse("//sp.example.org"),
        new Fqdn("mef.sp.example.org"),
        new Fqdn("maf.sp.example.org"),
        new CseId("/id-in"),
        "cse-in",
        List.of(),
        new ServiceProvider.Lifetimes(
            Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(7)));
  }

  @Override
  public void close() {
    api.close();
    store.close();
  }
}
