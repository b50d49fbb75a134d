// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import org.mooring.interop.relay.NetworkConditions;
import picocli.CommandLine.Option;

/** The network between the fleet and the server. */
final class NetworkOptions {
  @Option(
      names = "--loss",
      paramLabel = "SHARE",
      description = "Share of datagrams that vanish, 0 to 1, each way.")
  private double loss;

  @Option(
      names = "--duplicate",
      paramLabel = "SHARE",
      description = "Share of datagrams that arrive twice.")
  private double duplicate;

  @Option(
      names = "--reorder",
      paramLabel = "SHARE",
      description = "Share of datagrams that later ones overtake.")
  private double reorder;

  @Option(
      names = "--nat-rebind",
      paramLabel = "SHARE",
      description = "Share of datagrams to the server before which a NAT changes the port.")
  private double rebind;

  @Option(
      names = "--rtt",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Round trip, such as 400ms.")
  private Duration rtt = Duration.ZERO;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "Up to which a datagram takes longer than half a round trip.")
  private Duration jitter = Duration.ZERO;

  @Option(names = "--mtu", paramLabel = "OCTETS", description = "Largest IPv4 packet that passes.")
  private int mtu = NetworkConditions.PERFECT.mtu();

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same one brings the same fates. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /**
   * @throws IllegalArgumentException naming what is out of range
   */
  NetworkConditions conditions() {
    return new NetworkConditions(loss, duplicate, reorder, rebind, rtt, jitter, mtu);
  }

  long seed() {
    return seed;
  }
}
