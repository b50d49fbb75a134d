// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Backoff;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.interop.relay.NetworkConditions;

/**
 * How a fleet behaves.
 *
 * @param pace how it starts
 * @param network what stands between it and the server
 * @param seed of the network's fates
 * @param then what it does once it is registered
 * @param timers of each node
 * @param backoff of each node
 * @param timeout after which the nodes that are not registered count as failed
 * @param vaults the folder for a vault in files for each node; null for vaults in memory
 */
public record FleetSettings(
    Pace pace,
    NetworkConditions network,
    long seed,
    FollowUp then,
    EndpointTimers timers,
    Backoff backoff,
    Duration timeout,
    @Nullable Path vaults) {

  /** All at once over a perfect network, and home again. */
  public static final FleetSettings DEFAULT =
      new FleetSettings(
          Pace.AT_ONCE,
          NetworkConditions.PERFECT,
          1,
          FollowUp.NONE,
          EndpointTimers.DEFAULT,
          Backoff.DEFAULT,
          Duration.ofMinutes(10),
          null);

  /**
   * How many nodes start when.
   *
   * @param rate starts per second; infinite for all that may
   * @param concurrent the most nodes on their way at a time
   */
  public record Pace(double rate, int concurrent) {
    public static final Pace AT_ONCE = new Pace(Double.POSITIVE_INFINITY, Integer.MAX_VALUE);

    /**
     * @throws IllegalArgumentException if nothing would ever start
     */
    public Pace {
      if (!(rate > 0) || concurrent < 1) {
        throw new IllegalArgumentException("pace: give a rate above zero and at least one node");
      }
    }
  }

  Optional<Path> vaultFolder() {
    return Optional.ofNullable(vaults);
  }

  public FleetSettings withPace(Pace wanted) {
    return new FleetSettings(wanted, network, seed, then, timers, backoff, timeout, vaults);
  }

  public FleetSettings withNetwork(NetworkConditions conditions, long networkSeed) {
    return new FleetSettings(pace, conditions, networkSeed, then, timers, backoff, timeout, vaults);
  }

  public FleetSettings withThen(FollowUp wanted) {
    return new FleetSettings(pace, network, seed, wanted, timers, backoff, timeout, vaults);
  }

  public FleetSettings withTimers(EndpointTimers nodeTimers, Backoff nodeBackoff) {
    return new FleetSettings(pace, network, seed, then, nodeTimers, nodeBackoff, timeout, vaults);
  }

  public FleetSettings withTimeout(Duration limit) {
    return new FleetSettings(pace, network, seed, then, timers, backoff, limit, vaults);
  }

  public FleetSettings withVaults(@Nullable Path folder) {
    return new FleetSettings(pace, network, seed, then, timers, backoff, timeout, folder);
  }
}
