// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.concurrent.TimeUnit;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Representation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One content of a primitive to octets or back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ContentBenchmark {
  @Param public Serialization serialization = Serialization.CBOR;

  @Param({
    "mefClientReg",
    "mafClientReg",
    "symmKeyReg",
    "mefKeyReg",
    "remoteCSE",
    "AE",
    "contentInstance"
  })
  public String resource = "symmKeyReg";

  private Representation content = Samples.answered("symmKeyReg");
  private byte[] octets = {};

  /** Takes the sample that the parameters name. */
  @Setup
  public void prepare() {
    content = Samples.answered(resource);
    octets = ContentCodec.write(serialization, content);
  }

  @Benchmark
  public byte[] encode() {
    return ContentCodec.write(serialization, content);
  }

  @Benchmark
  public Representation decode() {
    return ContentCodec.read(serialization, octets);
  }
}
