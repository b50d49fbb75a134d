// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.cse.Resource;
import org.mooring.in.dns.PublicName;
import org.mooring.in.dns.PublicNameRepository;
import org.mooring.in.dns.PublicNameRepository.Backlog;

/** What the DNS is to know of CSEs, on every database. */
abstract class PublicNameRepositoryContractTest extends StoreTest {
  private static final CseId PUMP = new CseId("/pump");
  private static final CseId VALVE = new CseId("/valve");
  private static final Duration A_DAY = Duration.ofDays(1);

  private void with(Consumer<PublicNameRepository> work) throws Exception {
    does(
        tx -> {
          work.accept(tx.publicNames());
          return true;
        });
  }

  private Instant in(Duration duration) {
    return clock().instant().plus(duration);
  }

  private List<PublicName> taken(int limit) throws Exception {
    return all(tx -> tx.publicNames().take(limit, in(Duration.ofMinutes(1))));
  }

  private PublicName taken() throws Exception {
    List<PublicName> names = taken(10);
    assertThat(names).hasSize(1);
    return names.get(0);
  }

  private Backlog backlog() throws Exception {
    return await(store.read(tx -> tx.publicNames().backlog()));
  }

  @Test
  void whatIsOfferedIsTakenOnce() throws Exception {
    with(names -> names.offer(PUMP));
    assertThat(backlog()).isEqualTo(new Backlog(1, 0));

    PublicName name = taken();
    assertThat(name.cse()).isEqualTo(PUMP);
    assertThat(name.isWanted()).isTrue();
    assertThat(name.failure()).isEmpty();
    assertThat(taken(10)).isEmpty();

    with(names -> names.settle(name, in(A_DAY)));
    assertThat(backlog()).isEqualTo(new Backlog(0, 0));
    pass(A_DAY);
    assertThat(taken(10)).extracting(PublicName::cse).containsExactly(PUMP);
  }

  @Test
  void whatWasTakenByOneThatIsGoneIsTakenAgain() throws Exception {
    with(names -> names.offer(PUMP));
    taken();
    pass(Duration.ofMinutes(1));

    assertThat(taken(10)).hasSize(1);
  }

  @Test
  void thoseThatWaitLongestComeFirst() throws Exception {
    with(names -> names.offer(PUMP));
    pass(Duration.ofMillis(1));
    with(names -> names.offer(VALVE));

    assertThat(taken(1)).extracting(PublicName::cse).containsExactly(PUMP);
    assertThat(taken(1)).extracting(PublicName::cse).containsExactly(VALVE);
  }

  @Test
  void whatIsToGoComesFirstAndWhatIsToldOnceMoreLast() throws Exception {
    CseId known = new CseId("/known");
    CseId revoked = new CseId("/revoked");
    with(names -> names.offer(known));
    with(names -> names.offer(revoked));
    for (PublicName name : taken(10)) {
      with(names -> names.settle(name, in(A_DAY)));
    }
    with(PublicNameRepository::repeatAll);
    pass(Duration.ofSeconds(1));
    with(names -> names.offer(PUMP));
    with(names -> names.withdraw(revoked));

    assertThat(taken(10)).extracting(PublicName::cse).containsExactly(revoked, PUMP, known);
  }

  /** Another server was quicker, and this one may have published the name after it. */
  @Test
  void whatWasForgottenWhileItWasBeingToldIsTakenBackOnceMore() throws Exception {
    with(names -> names.offer(PUMP));
    PublicName offered = taken();
    with(names -> names.withdraw(PUMP));
    PublicName withdrawn = taken();
    with(names -> names.settle(withdrawn, in(A_DAY)));

    with(names -> names.settle(offered, in(A_DAY)));

    PublicName once = taken();
    assertThat(once.isWanted()).isFalse();
    with(names -> names.settle(once, in(A_DAY)));
    pass(A_DAY);
    assertThat(taken(10)).isEmpty();
  }

  @Test
  void whatWasNeverToldIsForgotten() throws Exception {
    with(names -> names.offer(PUMP));
    with(names -> names.withdraw(PUMP));

    assertThat(taken(10)).isEmpty();
  }

  @Test
  void whatWasToldIsTakenBackAndThenForgotten() throws Exception {
    with(names -> names.offer(PUMP));
    PublicName offered = taken();
    with(names -> names.settle(offered, in(A_DAY)));
    pass(Duration.ofSeconds(1));
    with(names -> names.withdraw(PUMP));
    with(names -> names.withdraw(VALVE));

    PublicName withdrawn = taken();
    assertThat(withdrawn.isWanted()).isFalse();
    with(names -> names.settle(withdrawn, in(A_DAY)));
    with(PublicNameRepository::repeatAll);
    assertThat(taken(10)).isEmpty();
  }

  @Test
  void whatChangedSinceItWasTakenIsNotSettled() throws Exception {
    with(names -> names.offer(PUMP));
    PublicName offered = taken();
    with(names -> names.withdraw(PUMP));
    with(names -> names.settle(offered, in(A_DAY)));
    with(names -> names.fail(offered, "refused", in(A_DAY)));
    with(names -> names.putBack(offered, in(A_DAY)));

    PublicName withdrawn = taken();
    assertThat(withdrawn.isWanted()).isFalse();
    with(names -> names.offer(PUMP));
    with(names -> names.settle(withdrawn, in(A_DAY)));
    assertThat(taken().isWanted()).isTrue();
  }

  @Test
  void aFailureIsKeptFromItsBeginningOnUntilItGoesWell() throws Exception {
    Instant start = clock().instant();
    with(names -> names.offer(PUMP));
    PublicName first = taken();
    with(names -> names.fail(first, "one", in(Duration.ofSeconds(10))));
    assertThat(backlog()).isEqualTo(new Backlog(0, 1));

    pass(Duration.ofSeconds(10));
    PublicName second = taken();
    assertThat(second.failure()).contains(new PublicName.Failure(start, "one"));
    with(names -> names.fail(second, "two", in(Duration.ofSeconds(10))));

    pass(Duration.ofSeconds(10));
    PublicName third = taken();
    assertThat(third.failure()).contains(new PublicName.Failure(start, "two"));
    with(names -> names.settle(third, in(Duration.ofSeconds(10))));
    assertThat(backlog()).isEqualTo(new Backlog(0, 0));

    pass(Duration.ofSeconds(10));
    assertThat(taken().failure()).isEqualTo(Optional.empty());
  }

  @Test
  void whatIsPutBackIsDue() throws Exception {
    with(names -> names.offer(PUMP));
    PublicName name = taken();
    with(names -> names.putBack(name, clock().instant()));

    assertThat(taken().cse()).isEqualTo(PUMP);
  }

  @Test
  void whoeverRegisteredUnofferedIsFoundOut() throws Exception {
    with(names -> names.offer(VALVE));
    PublicName valve = taken();
    with(names -> names.settle(valve, in(A_DAY)));
    with(names -> names.withdraw(VALVE));
    insert("base", 5, "", "", M2mTimestamp.NEVER);
    insert("pump", 16, "base", "/pump", in(A_DAY));
    insert("valve", 16, "base", "/valve", in(A_DAY));
    insert("gone", 16, "base", "/gone", clock().instant());
    insert("ae", 2, "base", "/other", in(A_DAY));

    with(PublicNameRepository::offerRegistered);
    assertThat(taken(10)).extracting(PublicName::cse).containsExactlyInAnyOrder(PUMP, VALVE);

    with(PublicNameRepository::offerRegistered);
    assertThat(backlog().pending()).isZero();
  }

  private void insert(String id, int type, String parent, String cse, Instant end)
      throws Exception {
    Instant now = clock().instant();
    Resource resource =
        new Resource(
            id,
            type,
            new Resource.Place(parent, id, id),
            new Resource.Provenance(cse, cse),
            Attributes.NONE,
            0,
            0,
            new Resource.Times(now, now, end));
    boolean inserted = await(store.write(tx -> tx.resources().insert(resource)));
    assertThat(inserted).isTrue();
  }

  @Test
  void allMayBeToldAgain() throws Exception {
    with(names -> names.offer(PUMP));
    PublicName name = taken();
    with(names -> names.settle(name, in(A_DAY)));
    with(names -> names.offer(VALVE));
    with(PublicNameRepository::repeatAll);

    assertThat(taken(10)).extracting(PublicName::cse).containsExactlyInAnyOrder(PUMP, VALVE);
  }
}
