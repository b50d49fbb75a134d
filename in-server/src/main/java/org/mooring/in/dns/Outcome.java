// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;

/** What became of telling the DNS about a name, and how that is kept. */
sealed interface Outcome {
  /** How long the DNS is believed to know what it was told, at most. */
  Duration CONFIRMED_EVERY = Duration.ofDays(1);

  /** Keeps it for the name that was taken. */
  void keep(PublicNameStore tx, PublicName name);

  /** The DNS knew it already. */
  record Confirmed() implements Outcome {
    @Override
    public void keep(PublicNameStore tx, PublicName name) {
      tx.publicNames().settle(name, again(tx.now()));
    }
  }

  /**
   * The zone was changed.
   *
   * @param detail the name, and where it leads to
   */
  record Changed(Attributes detail) implements Outcome {
    @Override
    public void keep(PublicNameStore tx, PublicName name) {
      tx.publicNames().settle(name, again(tx.now()));
      AuditAction action =
          name.isWanted() ? AuditAction.PUBLIC_NAME_ADDED : AuditAction.PUBLIC_NAME_REMOVED;
      record(tx, action, name, detail);
    }
  }

  /**
   * The DNS does not take this name. It is written down when it begins and when the problem becomes
   * another one, not each time that it is tried.
   */
  record Refused(String problem) implements Outcome {
    @Override
    public void keep(PublicNameStore tx, PublicName name) {
      Instant since = name.failure().map(PublicName.Failure::since).orElse(tx.now());
      tx.publicNames().fail(name, problem, Waits.OF_NAME.next(since, tx.now()));
      boolean isKnown = name.failure().filter(last -> last.problem().equals(problem)).isPresent();
      if (!isKnown) {
        Attributes detail = Attributes.builder().put("reason", problem).build();
        record(tx, AuditAction.PUBLIC_NAME_REFUSED, name, detail);
      }
    }
  }

  /** No name could be told; it is due since this time. */
  record NotTold(Instant due) implements Outcome {
    @Override
    public void keep(PublicNameStore tx, PublicName name) {
      tx.publicNames().putBack(name, due);
    }
  }

  /** Spread, so that the names of one hour are not all due in one again. */
  private static Instant again(Instant now) {
    long earlier = ThreadLocalRandom.current().nextLong(CONFIRMED_EVERY.toMillis() / 4);
    return now.plus(CONFIRMED_EVERY).minusMillis(earlier);
  }

  private static void record(
      PublicNameStore tx, AuditAction action, PublicName name, Attributes detail) {
    tx.audit().record("server", action, name.cse().value(), detail);
  }
}
