// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Duration;

/**
 * A crash run.
 *
 * @param serverKills how often the server is killed
 * @param nodeKills how often a node is killed; one kill may count for both
 * @param seed draws victims, moments and waits
 * @param residents nodes in the runner's process
 * @param processes nodes that run as {@code asn-client.jar} and are killed
 * @param patience how long a node may take to come back
 */
public record CrashSettings(
    int serverKills, int nodeKills, long seed, int residents, int processes, Duration patience) {

  /** Fits a machine with two cores. */
  public static CrashSettings of(int serverKills, int nodeKills, long seed) {
    return new CrashSettings(serverKills, nodeKills, seed, 16, 4, Duration.ofSeconds(90));
  }

  /**
   * @throws IllegalArgumentException if there is nobody to kill or nobody to notice
   */
  public CrashSettings {
    if (serverKills < 0 || nodeKills < 0 || residents < 1 || processes < 1) {
      throw new IllegalArgumentException(
          "crash: give kills of zero or more, and at least one node of either sort");
    }
  }
}
