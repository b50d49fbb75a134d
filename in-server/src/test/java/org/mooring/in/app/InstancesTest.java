// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.app.AppScenario.request;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;

/** Two nodes, three applications, ten instances: only what should stop stops. */
class InstancesTest {
  private static final List<AppId> APPS =
      List.of(new AppId("Nmeter"), new AppId("Nvalve"), new AppId("Npump"));
  private static final List<String> INSTANCES =
      List.of(
          "Nmeter asn-1 1",
          "Nmeter asn-1 2",
          "Nmeter asn-2 1",
          "Nmeter asn-2 2",
          "Nvalve asn-1 1",
          "Nvalve asn-1 2",
          "Nvalve asn-2 1",
          "Npump asn-1 1",
          "Npump asn-2 1",
          "Npump asn-2 2");

  @TempDir private Path folder;
  private AppScenario registry;
  private final Map<AppId, ApplicationToken> tokens = new LinkedHashMap<>();
  private final Map<String, InstanceName> names = new LinkedHashMap<>();
  private final Map<String, KeyIdentifier> keys = new LinkedHashMap<>();

  @BeforeEach
  void letTenInstancesIn() {
    registry = AppScenario.givenRegistry(folder);
    for (AppId app : APPS) {
      registry.withApplication(app);
      tokens.put(app, registry.token(app, "/asn-1", "/asn-2"));
    }
    for (String instance : INSTANCES) {
      Association granted = registry.granted(requestOf(instance));
      names.put(instance, granted.name());
      keys.put(instance, registry.keyOf(granted));
    }
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private AssociationRequest requestOf(String instance) {
    String[] parts = instance.split(" ");
    return request(Objects.requireNonNull(tokens.get(new AppId(parts[0]))), parts[1], parts[2]);
  }

  private InstanceName named(String instance) {
    return Objects.requireNonNull(names.get(instance));
  }

  private List<String> thatStopped() {
    List<String> stopped = new ArrayList<>();
    keys.forEach(
        (instance, kaId) -> {
          if (registry.trust().statusOf(kaId) == Credential.Status.REVOKED) {
            stopped.add(instance);
          }
        });
    assertThat(registry.trust().endedSessions())
        .containsExactlyInAnyOrderElementsOf(stopped.stream().map(keys::get).toList());
    return stopped;
  }

  private void end(ToIntFunction<AppStore> page) {
    registry.does(page::applyAsInt);
  }

  @Test
  void oneInstanceIsRevokedForGood() {
    registry.does(tx -> registry.instances().revoke(tx, named("Nmeter asn-1 2"), "gone", "admin"));

    assertThat(thatStopped()).containsExactly("Nmeter asn-1 2");
    assertThat(registry.refused(requestOf("Nmeter asn-1 2")))
        .isEqualTo(AssociationObstacle.REVOKED_INSTANCE);
    assertThat(registry.granted(requestOf("Nmeter asn-1 1"))).isNotNull();
    assertThat(registry.granted(requestOf("Nmeter asn-2 2"))).isNotNull();
  }

  @Test
  void oneApplicationStopsOnAllNodes() {
    registry.does(tx -> registry.applications().revoke(tx, APPS.get(0), "", "admin"));
    end(tx -> registry.instances().endOf(tx, APPS.get(0), 3, "", "admin"));
    assertThat(thatStopped()).hasSize(3);
    end(tx -> registry.instances().endOf(tx, APPS.get(0), 3, "", "admin"));

    assertThat(thatStopped())
        .containsExactly("Nmeter asn-1 1", "Nmeter asn-1 2", "Nmeter asn-2 1", "Nmeter asn-2 2");
    assertThat(registry.refused(requestOf("Nmeter asn-1 1")))
        .isEqualTo(AssociationObstacle.REVOKED_APPLICATION);
  }

  @Test
  void whatCameByARevokedTokenMayComeByAnother() {
    AppId valve = APPS.get(1);
    ApplicationToken before = Objects.requireNonNull(tokens.get(valve));
    registry.does(tx -> registry.tokens().revoke(tx, before.id(), "leaked", "admin"));
    end(tx -> registry.instances().endUnder(tx, before.id(), 9, "leaked", "admin"));

    assertThat(thatStopped()).containsExactly("Nvalve asn-1 1", "Nvalve asn-1 2", "Nvalve asn-2 1");
    assertThat(registry.refused(requestOf("Nvalve asn-1 1")))
        .isEqualTo(AssociationObstacle.REVOKED_TOKEN);
    tokens.put(valve, registry.token(valve, "/asn-1"));
    Association again = registry.granted(requestOf("Nvalve asn-1 1"));
    assertThat(again.kaId()).isEmpty();
  }

  @Test
  void aPageOfWhatCameByATokenCountsTheKeysOfThoseThatMovedOn() {
    AppId valve = APPS.get(1);
    ApplicationToken before = Objects.requireNonNull(tokens.get(valve));
    tokens.put(valve, registry.token(valve, "/asn-1"));
    Association moved = registry.granted(requestOf("Nvalve asn-1 1"));
    KeyIdentifier later = registry.keyOf(moved);

    List<Integer> pages = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      pages.add(
          registry.does(
              tx -> registry.instances().endUnder(tx, before.id(), 2, "leaked", "admin")));
    }

    assertThat(pages).containsExactly(2, 1, 0);
    assertThat(thatStopped()).containsExactly("Nvalve asn-1 1", "Nvalve asn-1 2", "Nvalve asn-2 1");
    assertThat(registry.trust().statusOf(later)).isNotEqualTo(Credential.Status.REVOKED);
  }

  @Test
  void everyKeyThatAnInstanceWasGivenIsRevoked() {
    Association granted = registry.granted(requestOf("Npump asn-1 1"));
    KeyIdentifier renewed = registry.keyOf(granted);

    registry.does(tx -> registry.instances().revoke(tx, granted.name(), "", "admin"));
    registry.does(tx -> registry.instances().revoke(tx, granted.name(), "", "admin"));

    assertThat(registry.trust().endedSessions())
        .containsExactlyInAnyOrder(keys.get("Npump asn-1 1"), renewed);
  }

  @Test
  void whatANodeGaveUpMayComeAgain() {
    InstanceName name = named("Npump asn-2 2");
    registry.does(
        tx -> {
          registry.instances().giveUp(tx, name, "node");
          registry.instances().giveUp(tx, name, "node");
          return true;
        });

    assertThat(thatStopped()).containsExactly("Npump asn-2 2");
    assertThat(registry.granted(requestOf("Npump asn-2 2")).kaId()).isEmpty();
  }
}
