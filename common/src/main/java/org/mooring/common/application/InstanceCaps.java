// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

/**
 * How many instances may live under one token.
 *
 * @param perToken on all nodes together, 1 to {@link #MOST}
 * @param perNode on each node, 1 to {@code perToken}
 */
public record InstanceCaps(int perToken, int perNode) {
  /** The highest cap. */
  public static final int MOST = 1_000_000;

  /**
   * @throws IllegalArgumentException naming the cap that is out of its range
   */
  public InstanceCaps {
    if (perToken < 1 || perToken > MOST) {
      throw new IllegalArgumentException("maxInstances: give 1 to " + MOST);
    }
    if (perNode < 1 || perNode > perToken) {
      throw new IllegalArgumentException("maxInstancesPerNode: give 1 to maxInstances");
    }
  }
}
