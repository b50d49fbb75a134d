// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One rung of the key ladder. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyLadderBenchmark {
  private final byte[] material = Samples.octets(KeyLadder.EXPORTED_LENGTH);
  private final SecretKeyBytes enrolmentKey =
      SecretKeyBytes.copyOf(Samples.octets(SecretKeyBytes.DERIVED_LENGTH));

  /** Exported octets to identifier and key; they are wiped, and so copied first. */
  @Benchmark
  public ExportedKey split() {
    return KeyLadder.split(material.clone());
  }

  /** Ke to Km. */
  @Benchmark
  public SecretKeyBytes usageConstrained() {
    return KeyLadder.usageConstrained(enrolmentKey, KeyUsage.PROVISIONED_FOR_MAF, Samples.MAF);
  }
}
