// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.M2mTimestamp;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One identifier or timestamp read from its text, or written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdentifierBenchmark {
  private final String keyId = Samples.RELATIVE_KEY_ID + "@" + Samples.MAF;
  private final String fqdn = Samples.REGISTRAR.value();
  private final String cseId = "//sp.example.org/asn-0123456789ab";
  private final String address = cseId + "/cse-asn/pump7/m-000017";
  private final String timestamp = M2mTimestamp.format(Samples.NOW);
  private final Instant instant = Samples.NOW;

  @Benchmark
  public KeyIdentifier keyIdentifier() {
    return KeyIdentifier.parse(keyId);
  }

  @Benchmark
  public Fqdn fqdn() {
    return new Fqdn(fqdn);
  }

  @Benchmark
  public CseId cseId() {
    return new CseId(cseId);
  }

  @Benchmark
  public ResourceAddress resourceAddress() {
    return ResourceAddress.parse(address);
  }

  @Benchmark
  public Optional<Instant> readTimestamp() {
    return M2mTimestamp.parse(timestamp);
  }

  @Benchmark
  public String writeTimestamp() {
    return M2mTimestamp.format(instant);
  }
}
