// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Security Usage Identifiers of registered keys, m2m:suid (TS-0004 clause 6.3.4.2.39). */
public enum KeyUsage {
  /** Provisioned by a MEF for use toward a MAF: Km. */
  PROVISIONED_FOR_MAF(21),
  /** Provisioned by a MEF for a security association: Kpsa. */
  PROVISIONED_FOR_ASSOCIATION(22),
  PROVISIONED_FOR_ESPRIM(23),
  PROVISIONED_FOR_ESDATA(24),
  PROVISIONED_FOR_ESDATA_SIGNATURE(25),
  /** Distributed by a MAF for a security association: Kc. */
  DISTRIBUTED_FOR_ASSOCIATION(32),
  DISTRIBUTED_FOR_ESPRIM(33),
  DISTRIBUTED_FOR_ESDATA(34),
  DISTRIBUTED_FOR_ESDATA_SIGNATURE(35);

  private final int suid;

  KeyUsage(int suid) {
    this.suid = suid;
  }

  public int suid() {
    return suid;
  }

  /** Whether a MEF provisions keys of this usage; else a MAF distributes them. */
  public boolean isOfMef() {
    return suid < DISTRIBUTED_FOR_ASSOCIATION.suid;
  }

  /** Whether a registration names exactly one target (TS-0003 clause 8.8.2.7). */
  public boolean hasSingleTarget() {
    return suid % 10 <= 3;
  }

  /** The octets that enter a derivation: two ASCII digits. TS-0003 10.3.7 leaves this open. */
  byte[] octets() {
    return Integer.toString(suid).getBytes(StandardCharsets.US_ASCII);
  }

  public static Optional<KeyUsage> of(long suid) {
    for (KeyUsage usage : values()) {
      if (usage.suid == suid) {
        return Optional.of(usage);
      }
    }
    return Optional.empty();
  }
}
