// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.Vault;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.interop.bench.ScratchFolder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A registered node's vault in a folder: read and opened, or sealed and written with fsync. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class VaultBenchmark {
  private final ScratchFolder folder = ScratchFolder.onDisk();
  private final Vault vault = FileVault.in(folder.path().resolve("vault"));
  private final NodeState state = registered();

  private static NodeState registered() {
    Lease lease = Lease.granted(Samples.NOW, Samples.LATER, 0.5);
    KeyIdentifier kpmId = new KeyIdentifier("pump7", Samples.MEF);
    KeyIdentifier keId = new KeyIdentifier(Samples.RELATIVE_KEY_ID, Samples.MEF);
    KeyIdentifier kmId = new KeyIdentifier(Samples.RELATIVE_KEY_ID, Samples.MAF);
    return NodeState.factory(
            new BootstrapCredential(
                kpmId, SecretKeyBytes.random(), Samples.MEF, "in.example.org", 5684))
        .toBuilder()
        .configuration(Samples.configuration())
        .key(Rung.ENROLMENT, new HeldKey(keId, SecretKeyBytes.random(), kpmId, lease))
        .key(Rung.MAF, new HeldKey(kmId, SecretKeyBytes.random(), keId, lease))
        .key(Rung.ASSOCIATION, new HeldKey(kmId, SecretKeyBytes.random(), kmId, lease))
        .registration(Function.MEF, new Registration("q4k2d7m5x3n6p2r7", lease))
        .registration(Function.MAF, new Registration("z2y4w6u5s3q5n7l2", lease))
        .registration(Function.CSE, new Registration("r0000000000000017", lease))
        .build();
  }

  @Setup
  public void prepare() {
    vault.write(state);
  }

  @TearDown(Level.Trial)
  public void clear() {
    folder.close();
  }

  @Benchmark
  public Optional<NodeState> readAndOpen() {
    return vault.read();
  }

  @Benchmark
  public void sealAndWrite() {
    vault.write(state);
  }
}
