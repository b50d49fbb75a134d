// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every benchmark under JMH runs and yields a score. */
class MicroBenchmarksTest {
  @Test
  void everyPartIsMeasuredWithTimeAndAllocation() {
    List<Measurement> found = MicroBenchmarks.run("", 1, true);

    assertThat(found)
        .extracting(Measurement::name)
        .contains(
            "Content.decode symmKeyReg CBOR",
            "Coap.readOptions LEGACY JSON",
            "Identifier.keyIdentifier",
            "KeyLadder.usageConstrained",
            "Vault.sealAndWrite",
            "Store.seal",
            "Store.commitOf64Callers");
    assertThat(found)
        .allSatisfy(
            measurement -> {
              assertThat(measurement.scores()).hasSize(1).allMatch(score -> score > 0);
              assertThat(measurement.octetsPerOperation()).isPositive();
              assertThat(measurement.asRounds()).hasSize(1);
            });
  }
}
