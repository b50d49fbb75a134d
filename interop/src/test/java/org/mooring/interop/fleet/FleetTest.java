// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.Backoff;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.relay.NetworkConditions;

/** Fleets against the server's jar. */
class FleetTest {
  /** The run of the whole issue instead of the slice: {@code interop/run-tests --long}. */
  private static final boolean LONG = Boolean.getBoolean("mooring.long");

  private static final NetworkConditions LOSSY =
      NetworkConditions.PERFECT
          .withLoss(0.3)
          .withDuplicate(0.1)
          .withReorder(0.1)
          .withRtt(Duration.ofMillis(400));

  /** With the default of one retransmitted flight the same takes minutes. */
  private static final EndpointTimers PATIENT =
      new EndpointTimers(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 3);

  @TempDir private Path folder;
  private InServer server;

  @BeforeEach
  void startServer() {
    Jars jars = Jars.ofThisProject();
    Assumptions.assumeTrue(jars.areBuilt(), "the jars are not built: run mvn verify");
    server = InServer.start(jars, folder.resolve("data"), InServer.Settings.DEFAULT);
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void fiftyNodesRegisterOnAHandfulOfThreads() {
    int before = Thread.activeCount();

    FleetResult result = run(50, EnrolmentPath.MAF, FleetSettings.DEFAULT);

    assertThat(result.complete()).isTrue();
    assertThat(result.registered()).isEqualTo(50);
    assertThat(result.nodes()).allSatisfy(node -> assertThat(node.steps()).hasSize(4));
    assertThat(result.walked().handshakes()).isGreaterThanOrEqualTo(3 * 50);
    assertThat(result.count(FleetResult.WALK)).isEqualTo(50);
    assertThat(result.peakThreads()).isLessThan(before + 25);
  }

  @Test
  void nodesComeBackFromTheirVaultsWithOneHandshakeEach() throws Exception {
    FleetSettings settings =
        FleetSettings.DEFAULT
            .withVaults(folder.resolve("vaults"))
            .withThen(new FollowUp.Reconnect(2));

    FleetResult result = run(5, EnrolmentPath.DIRECT, settings);

    assertThat(result.complete()).isTrue();
    assertThat(result.followed().handshakes()).isEqualTo(2 * 5);
    assertThat(result.count(FleetResult.RECONNECT)).isEqualTo(2 * 5);
    try (Stream<Path> vaults = Files.list(folder.resolve("vaults"))) {
      assertThat(vaults).hasSize(5);
    }
  }

  @Test
  void steadyTrafficNeedsNoFurtherHandshake() {
    FleetSettings settings =
        FleetSettings.DEFAULT.withThen(new FollowUp.Steady(20, Duration.ofSeconds(2)));

    FleetResult result = run(4, EnrolmentPath.DIRECT, settings);

    assertThat(result.complete()).isTrue();
    assertThat(result.followed().handshakes()).isZero();
    assertThat(result.count(FleetResult.PUBLISH)).isEqualTo(40);
  }

  @Test
  void everyNodeRegistersOverALossyNetwork() {
    int nodes = LONG ? 1_000 : 20;
    FleetSettings settings =
        FleetSettings.DEFAULT
            .withPace(new FleetSettings.Pace(Double.POSITIVE_INFINITY, 100))
            .withNetwork(LOSSY, 20_261)
            .withTimers(PATIENT, new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)))
            .withTimeout(LONG ? Duration.ofMinutes(60) : Duration.ofMinutes(5));

    FleetResult result = run(nodes, EnrolmentPath.MAF, settings);

    assertThat(result.registered()).as("%s", result.failures()).isEqualTo(nodes);
    assertThat(result.networkStatistics())
        .hasValueSatisfying(
            network -> {
              assertThat(network.lost() / (double) network.received()).isBetween(0.25, 0.35);
              assertThat(network.duplicated()).isPositive();
              assertThat(network.late()).isPositive();
            });
  }

  @Test
  void aNatThatChangesPortsCostsNoHandshake() throws Exception {
    List<Enrolee> enrolees = Enrolees.imported(server.admin(), 10, EnrolmentPath.MAF);
    FleetSettings settings =
        FleetSettings.DEFAULT
            .withNetwork(NetworkConditions.PERFECT.withRtt(Duration.ofMillis(2)), 1)
            .withThen(new FollowUp.Steady(50, Duration.ofSeconds(2)));

    try (Fleet fleet = new Fleet(settings, server.coapsAddress(), enrolees)) {
      CompletableFuture<FleetResult> running = CompletableFuture.supplyAsync(() -> run(fleet));
      await().atMost(Duration.ofMinutes(1)).until(() -> fleet.registered() == 10);
      fleet.network().orElseThrow().rebindAll();
      FleetResult result = running.get(2, TimeUnit.MINUTES);

      assertThat(result.complete()).as("%s", result.failures()).isTrue();
      assertThat(result.networkStatistics())
          .hasValueSatisfying(network -> assertThat(network.rebound()).isGreaterThanOrEqualTo(10));
      assertThat(result.followed().handshakes()).isZero();
      assertThat(result.failures()).isEmpty();
    }
  }

  private FleetResult run(int nodes, EnrolmentPath path, FleetSettings settings) {
    List<Enrolee> enrolees = Enrolees.imported(server.admin(), nodes, path);
    try (Fleet fleet = new Fleet(settings, server.coapsAddress(), enrolees)) {
      FleetResult result = run(fleet);
      assertThat(fleet.registered()).isEqualTo((int) result.registered());
      assertThat(result.walked()).isNotEqualTo(TrafficMeter.Reading.ZERO);
      return result;
    }
  }

  private static FleetResult run(Fleet fleet) {
    try {
      return fleet.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
