// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

class HandshakeRecordTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private Store store;
  private HandshakeRecord record;

  @BeforeEach
  void setUp() {
    store = Store.open(StoreSettings.in(folder), now::get);
    record = new HandshakeRecord(store, now::get);
  }

  @AfterEach
  void tearDown() {
    store.close();
  }

  @Test
  void aFloodIsCountedWholeAndWrittenInPart() {
    fail(2_000);
    assertThat(record.count()).isEqualTo(2_000);
    awaitEntries(500);

    now.set(START.plus(Duration.ofSeconds(25)));
    fail(5);

    awaitEntries(502);
    assertThat(entries())
        .anyMatch(entry -> entry.detail().whole("leftOutBefore").orElse(0) == 1_500);
  }

  @Test
  void anIdentityIsWrittenVisibleAndShort() {
    record.failed(PEER, Optional.of("n\u0000de " + "x".repeat(300)), "unknown identity");
    awaitEntries(1);
    assertThat(entries().get(0).subject()).startsWith("n?de?xxx").hasSize(128);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      record.failed(PEER, Optional.of("nobody@mef.sp.example.org"), "unknown identity");
    }
  }

  private void awaitEntries(int expected) {
    await().atMost(Duration.ofSeconds(10)).until(() -> entries().size() == expected);
  }

  private List<AuditRecord> entries() {
    return store.read(tx -> tx.auditLog().latest(2_000)).toCompletableFuture().join();
  }
}
