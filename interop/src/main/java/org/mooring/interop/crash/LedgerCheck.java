// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mooring.interop.crash.Acknowledged.Kind;

/**
 * Holds the ledger against the store: each acknowledged thing is there, ended on its own time, was
 * revoked by the operator, or gave way to a later one in its line.
 */
final class LedgerCheck {
  /** The server clears away what ended to the second; a node's end is as told, to the second. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final Map<Kind, Integer> checked = new EnumMap<>(Kind.class);

  LedgerCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  /** How many entries were checked, by kind; those checked twice count twice. */
  Map<Kind, Integer> checked() {
    return Map.copyOf(checked);
  }

  void check(StoreView store, List<Acknowledged> entries) throws SQLException {
    for (Acknowledged entry : entries) {
      checked.merge(entry.kind(), 1, Integer::sum);
      Optional<String> wrong = wrong(store, entry);
      if (wrong.isPresent()) {
        ledger.violation(
            "%s %s of %s, acknowledged after kill %d: %s"
                .formatted(
                    entry.kind().text(),
                    entry.id(),
                    entry.owner().cseId(),
                    entry.kill(),
                    wrong.get()));
      }
    }
    for (String fault : store.faults()) {
      ledger.violation(fault);
    }
  }

  private Optional<String> wrong(StoreView store, Acknowledged entry) throws SQLException {
    return switch (entry.kind()) {
      case ENROLEE -> wrongEnrolee(store, entry);
      case ENROLEE_REVOKED -> wrongRevocation(store, entry);
      case KEY_REVOKED ->
          unless(store.credential(entry.id()).filter(StoreView.Row::ended).isPresent(), "it lives");
      case KEY -> wrongKey(store, entry.id());
      case MEF_CLIENT_REG ->
          unless(
              mayHaveGone(entry) || store.hasClientRegistration("mef", entry.id()),
              "it is not there");
      case MAF_CLIENT_REG ->
          unless(
              mayHaveGone(entry) || store.hasClientRegistration("maf", entry.id()),
              "it is not there");
      case REMOTE_CSE ->
          unless(hasEnded(entry) || store.hasRemoteCse(entry.id()), "it is not there");
      case CONTAINER, CONTENT_INSTANCE -> wrongResource(store, entry);
    };
  }

  private Optional<String> wrongEnrolee(StoreView store, Acknowledged entry) throws SQLException {
    Optional<Boolean> revoked = store.isRevoked(entry.id());
    if (revoked.isEmpty()) {
      return Optional.of("it is not there");
    }
    return unless(!revoked.get() || ledger.mayBeRevoked(entry.id()), "nobody revoked it");
  }

  private static Optional<String> wrongRevocation(StoreView store, Acknowledged entry)
      throws SQLException {
    if (!store.isRevoked(entry.id()).orElse(false)) {
      return Optional.of("it may enrol");
    }
    return unless(store.liveKeys(entry.owner().cseId()) == 0, "keys of it live");
  }

  private Optional<String> wrongKey(StoreView store, String identity) throws SQLException {
    Optional<StoreView.Row> found = store.credential(identity);
    if (found.isEmpty()) {
      return Optional.of("it is not there");
    }
    StoreView.Row key = found.get();
    boolean open = key.status().equals("pending") || key.status().equals("current");
    boolean explained =
        open
            || key.hasYounger()
            || !Instant.now().isBefore(key.expires().minus(TOLERANCE))
            || (key.ended() && wasRevoked(store, key));
    return unless(explained, "it is " + key.status() + " and nothing took its place");
  }

  /** A revocation takes what came from a key with it. */
  private boolean wasRevoked(StoreView store, StoreView.Row key) throws SQLException {
    StoreView.Row at = key;
    while (!ledger.mayBeRevoked(at.identity())) {
      Optional<StoreView.Row> parent = store.credential(at.parent());
      if (at.parent().equals(at.identity()) || parent.isEmpty()) {
        return false;
      }
      at = parent.get();
    }
    return true;
  }

  private static Optional<String> wrongResource(StoreView store, Acknowledged entry)
      throws SQLException {
    if (hasEnded(entry)) {
      return Optional.empty();
    }
    Optional<String> found = store.resource(entry.id());
    if (found.isEmpty()) {
      return Optional.of("it is not there");
    }
    boolean same = entry.resourceId().isEmpty() || found.get().equals(entry.resourceId());
    return unless(same, "another one is in its place");
  }

  /** The registrations of a client go with its enrolment. */
  private boolean mayHaveGone(Acknowledged entry) {
    return hasEnded(entry) || ledger.mayBeRevoked(entry.owner().kpmId().toString());
  }

  private static boolean hasEnded(Acknowledged entry) {
    return !Instant.now().isBefore(entry.until().minus(TOLERANCE));
  }

  private static Optional<String> unless(boolean good, String wrong) {
    return good ? Optional.empty() : Optional.of(wrong);
  }
}
