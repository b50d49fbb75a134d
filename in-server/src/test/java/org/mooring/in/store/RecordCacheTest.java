// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.ClientRecord.HeldCredential;

class RecordCacheTest {
  private final RecordCache cache = new RecordCache(2);

  private static KeyIdentifier key(String name) {
    return KeyIdentifier.parse(name + "@mef.sp.example.org");
  }

  private static CseId client(int number) {
    return new CseId("//sp.example.org/asn-" + number);
  }

  /** A record with one credential. */
  private static ClientRecord record(int number, String credential) {
    Credential held =
        new Credential(
            key(credential),
            Credential.Kind.KPM,
            FunctionRole.MEF,
            client(number),
            key(credential),
            "a line",
            Credential.Status.CURRENT,
            Instant.MAX);
    return new ClientRecord(
        client(number),
        Optional.empty(),
        List.of(new HeldCredential(held, null, Instant.EPOCH)),
        List.of(),
        List.of());
  }

  @Test
  void aRecordIsFoundByItsClientAndItsIdentities() {
    ClientRecord one = record(1, "a");
    cache.committed(List.of(one));
    assertThat(cache.ofClient(client(1))).contains(one);
    assertThat(cache.holding(key("a"))).contains(one);
    assertThat(cache.holding(key("b"))).isEmpty();
  }

  @Test
  void aLaterRecordLeavesNoIdentityOfTheEarlier() {
    cache.committed(List.of(record(1, "a")));
    cache.committed(List.of(record(1, "b")));
    assertThat(cache.holding(key("a"))).isEmpty();
    assertThat(cache.holding(key("b"))).isPresent();
  }

  @Test
  void theOneThatWasAskedForLongestAgoFalls() {
    cache.committed(List.of(record(1, "a"), record(2, "b")));
    assertThat(cache.ofClient(client(1))).isPresent();
    cache.committed(List.of(record(3, "c")));
    assertThat(cache.ofClient(client(2))).isEmpty();
    assertThat(cache.holding(key("b"))).isEmpty();
    assertThat(cache.holding(key("a"))).isPresent();
  }

  @Test
  void aSnapshotNeverHidesACommit() {
    long before = cache.commits();
    cache.committed(List.of(record(1, "new")));
    cache.read(record(1, "old"), before);
    assertThat(cache.holding(key("new"))).isPresent();
    assertThat(cache.holding(key("old"))).isEmpty();
  }

  @Test
  void aSnapshotNeverTakesThePlaceOfACommitThatFell() {
    long before = cache.commits();
    cache.committed(List.of(record(1, "new")));
    cache.committed(List.of(record(2, "b"), record(3, "c")));
    cache.read(record(1, "old"), before);
    assertThat(cache.ofClient(client(1))).isEmpty();
    cache.read(record(1, "new"), cache.commits());
    assertThat(cache.holding(key("new"))).isPresent();
  }

  @Test
  void whereOthersWriteNothingIsKept() {
    RecordCache none = new RecordCache(0);
    none.committed(List.of(record(1, "a")));
    none.read(record(2, "b"), none.commits());
    assertThat(none.isShared()).isFalse();
    assertThat(none.ofClient(client(1))).isEmpty();
    assertThat(none.ofClient(client(2))).isEmpty();
  }
}
