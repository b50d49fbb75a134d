// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.transaction.RequestKey;
import org.mooring.interop.bench.ScratchFolder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * The server's store with SQLite on disk: sealing of secrets, and durable units of work from a
 * number of callers that each wait for their commit. A unit of work is what every accepted CREATE
 * writes beside its resource: the sealed answer for repeated requests and an entry of the audit
 * log.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StoreBenchmark {
  private static final String ROW = "credential.sealed_key/" + Samples.RELATIVE_KEY_ID;
  private static final int ANSWER_OCTETS = 200;

  private final ScratchFolder folder = ScratchFolder.onDisk();
  private final Store store =
      Store.open(StoreSettings.in(folder.path().resolve("data")), InstantSource.system());
  private final AtomicLong requests = new AtomicLong();
  private final byte[] answer = Samples.octets(ANSWER_OCTETS);
  private final SecretKeyBytes key = SecretKeyBytes.random();
  private final byte[] sealed = store.sealer().seal(key, ROW);

  @TearDown(Level.Trial)
  public void clear() {
    store.close();
    folder.close();
  }

  @Benchmark
  public byte[] seal() {
    return store.sealer().seal(key, ROW);
  }

  @Benchmark
  public SecretKeyBytes open() {
    return store.sealer().open(sealed, ROW);
  }

  @Benchmark
  @Threads(1)
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public long commitOfOneCaller() {
    return commit();
  }

  @Benchmark
  @Threads(8)
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public long commitOf8Callers() {
    return commit();
  }

  @Benchmark
  @Threads(64)
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public long commitOf64Callers() {
    return commit();
  }

  private long commit() {
    long number = requests.incrementAndGet();
    return store
        .<Long>write(transaction -> keepAnswer(transaction, number))
        .toCompletableFuture()
        .join();
  }

  private long keepAnswer(Repositories transaction, long number) {
    RequestKey request =
        RequestKey.of("client", Long.toString(number), Operation.CREATE, "target", answer);
    transaction.repeatedRequests().remember(request, answer);
    transaction
        .audit()
        .record("client", AuditAction.CLIENT_REGISTERED, request.requestId(), Attributes.NONE);
    return number;
  }
}
