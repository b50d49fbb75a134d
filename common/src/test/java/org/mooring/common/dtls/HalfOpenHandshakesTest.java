// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class HalfOpenHandshakesTest {
  private final HalfOpenHandshakes<String> handshakes = new HalfOpenHandshakes<>(2, 3);

  @Test
  void theOldestOfASourceFallsBeforeThatOfAnother() {
    handshakes.started("victim", from("192.0.2.1", 1));
    handshakes.started("a", from("192.0.2.2", 1));
    handshakes.started("b", from("192.0.2.2", 2));

    assertThat(handshakes.started("c", from("192.0.2.2", 3))).contains("a");
    assertThat(handshakes.size()).isEqualTo(3);
  }

  @Test
  void theOldestOfAllFallsWhereManySourcesComeTogether() {
    handshakes.started("a", from("192.0.2.1", 1));
    handshakes.started("b", from("192.0.2.2", 1));
    handshakes.started("c", from("192.0.2.3", 1));

    assertThat(handshakes.started("d", from("192.0.2.4", 1))).contains("a");
  }

  @Test
  void theAddressesOfAnIpv6PrefixAreOneSource() {
    handshakes.started("a", from("2001:db8::1", 1));
    handshakes.started("b", from("2001:db8::2", 1));

    assertThat(handshakes.started("c", from("2001:db8::3", 1))).contains("a");
    assertThat(handshakes.started("d", from("2001:db8:0:1::1", 1))).isEmpty();
  }

  @Test
  void aHandshakeThatEndedTakesNoRoom() {
    handshakes.started("a", from("192.0.2.1", 1));
    handshakes.started("b", from("192.0.2.1", 2));
    handshakes.ended("a");
    handshakes.ended("a");

    assertThat(handshakes.started("c", from("192.0.2.1", 3))).isEmpty();
    handshakes.ended("b");
    handshakes.ended("c");
    assertThat(handshakes.size()).isZero();
  }

  @Test
  void aFailureIsToldOnceAndLeavesNothing() {
    handshakes.started("a", from("192.0.2.1", 1));
    assertThat(handshakes.fails("a")).isTrue();
    assertThat(handshakes.fails("a")).isFalse();
    assertThat(handshakes.isFailing("a")).isTrue();
    assertThat(handshakes.ended("a")).isTrue();
    assertThat(handshakes.isFailing("a")).isFalse();
    assertThat(handshakes.ended("a")).isFalse();
  }

  @Test
  void whatFallsForNewerOnesIsKnownToHaveFailedUntilItEnds() {
    handshakes.started("a", from("192.0.2.1", 1));
    handshakes.fails("a");
    handshakes.started("b", from("192.0.2.1", 2));
    assertThat(handshakes.started("c", from("192.0.2.1", 3))).contains("a");
    assertThat(handshakes.isFailing("a")).isTrue();
    assertThat(handshakes.ended("a")).isTrue();
    assertThat(handshakes.isFailing("a")).isFalse();
  }

  @Test
  void aFailureThatIsFoundAfterTheEndIsNoNews() {
    handshakes.started("a", from("192.0.2.1", 1));
    handshakes.ended("a");
    assertThat(handshakes.fails("a")).isFalse();
    assertThat(handshakes.isFailing("a")).isFalse();
    assertThat(handshakes.size()).isZero();
  }

  private static InetSocketAddress from(String address, int port) {
    return new InetSocketAddress(address, port);
  }
}
