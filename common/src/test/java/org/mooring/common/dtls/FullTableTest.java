// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.ResponseStatusCode;

/** What a client meets that comes when every connection is taken. */
class FullTableTest {
  private static final int MOST = 4;

  /** Scandium alone would exchange 65,000 ClientHellos and HelloVerifyRequests with it. */
  @Test
  void clientWithoutAPlaceHearsNothingAndGivesUp() {
    try (Fixture fixture = new Fixture(bounded(Duration.ofMinutes(5)))) {
      List<SecureEndpoint> served = fill(fixture);
      long before = fixture.server.traffic().datagrams();

      Throwable failure = Fixture.failureOf(fixture.client(fixture.enrol("late")).connect());

      assertThat(failure).hasMessageStartingWith("no answer");
      assertThat(fixture.server.traffic().datagrams() - before).isLessThan(12);
      assertThat(fixture.server.load().turnedAway()).isPositive();
      for (SecureEndpoint endpoint : served) {
        assertThat(Fixture.await(endpoint.send(Fixture.retrieve("again"))).status())
            .isEqualTo(ResponseStatusCode.OK);
      }
    }
  }

  @Test
  void clientThatLeavesMakesRoom() {
    try (Fixture fixture = new Fixture(bounded(Duration.ofMinutes(5)))) {
      List<SecureEndpoint> served = fill(fixture);
      PskCredential late = fixture.enrol("late");
      Fixture.failureOf(fixture.client(late).connect());

      served.get(0).close();
      Awaitility.await().until(() -> fixture.server.load().connections() < MOST);

      Fixture.await(fixture.client(late).connect());
    }
  }

  @Test
  void clientThatWasSilentForLongMakesRoom() {
    try (Fixture fixture = new Fixture(bounded(Duration.ofSeconds(1)))) {
      fill(fixture);
      PskCredential late = fixture.enrol("late");

      Awaitility.await()
          .ignoreExceptions()
          .untilAsserted(() -> Fixture.await(fixture.client(late).connect()));

      assertThat(fixture.server.load().connections()).isEqualTo(MOST);
    }
  }

  private static List<SecureEndpoint> fill(Fixture fixture) {
    List<SecureEndpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      SecureEndpoint endpoint = fixture.client(fixture.enrol("early" + i));
      Fixture.await(endpoint.connect());
      endpoints.add(endpoint);
    }
    return endpoints;
  }

  private static SecureServerSettings bounded(Duration staleAfter) {
    SecureServerSettings usual = Fixture.settings(0);
    return new SecureServerSettings(
        usual.address(),
        usual.maxBodyOctets(),
        MOST,
        staleAfter,
        usual.maxLookups(),
        usual.threads(),
        usual.timers());
  }
}
