// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

/**
 * A client of Leshan's, as both it and the servers know it.
 *
 * @param number from 0
 */
public record LeshanNode(int number) {
  private static final int KEY_OCTETS = 32;

  public String name() {
    return "node-" + number;
  }

  /** The psk_identity toward the bootstrap server; as long as Mooring's. */
  public String bootstrapIdentity() {
    return "%032x@mef.sp.example.org".formatted(number);
  }

  /** The psk_identity toward the LwM2M server; as long as Mooring's. */
  public String managementIdentity() {
    return "%032x@maf.sp.example.org".formatted(number);
  }

  /** Everyone's key, as long as Mooring's. */
  public static byte[] key() {
    return new byte[KEY_OCTETS];
  }
}
