// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditLog;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.audit.AuditTrail;
import org.mooring.in.audit.AuditVerification;

final class SqlAuditLog implements AuditTrail, AuditLog {
  private static final String SELECT =
      "SELECT seq, at, actor, action, subject, detail, previous, hash FROM audit ";

  private final Sql sql;
  private final Dialect dialect;
  private final AuditAppends appends;
  private final Instant now;
  private final boolean writable;

  SqlAuditLog(OpenTransaction transaction, Dialect dialect, boolean writable) {
    this.sql = transaction.sql();
    this.dialect = dialect;
    this.appends = transaction.audit();
    this.now = transaction.now();
    this.writable = writable;
  }

  /** An entry with the hash that was stored for it. */
  private record Stored(AuditEntry entry, String hash) {}

  @Override
  public void record(String actor, AuditAction action, String subject, Attributes detail) {
    if (!writable) {
      throw new StoreException("a transaction that only reads has nothing to record");
    }
    dialect.lockAudit(sql);
    AuditAppends.Link last = appends.newest(this::lookUpNewest);
    appends.append(
        new AuditEntry(
            last.seq() + 1,
            now.toEpochMilli(),
            actor,
            action.name(),
            subject,
            new String(ContentCodec.writeAttributes(Serialization.JSON, detail), UTF_8),
            last.hash()));
  }

  private AuditAppends.Link lookUpNewest() {
    return sql.first(
            "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1",
            row -> new AuditAppends.Link(row.number(), row.text()))
        .orElse(new AuditAppends.Link(0, ""));
  }

  @Override
  public AuditVerification verify() {
    Chain chain = new Chain();
    appends.write(sql);
    sql.visit(SELECT + "ORDER BY seq", row -> chain.takes(stored(row)));
    return chain.outcome();
  }

  /** The log as far as it is intact. */
  private static final class Chain {
    private long intact;
    private String head = "";
    private boolean broken;

    /** Whether the entry is the next one. */
    boolean takes(Stored next) {
      AuditEntry entry = next.entry();
      broken =
          entry.seq() != intact + 1
              || !entry.previous().equals(head)
              || !entry.hash().equals(next.hash());
      if (!broken) {
        intact++;
        head = next.hash();
      }
      return !broken;
    }

    AuditVerification outcome() {
      return new AuditVerification(
          intact, head, broken ? OptionalLong.of(intact + 1) : OptionalLong.empty());
    }
  }

  @Override
  public List<AuditRecord> latest(int limit) {
    appends.write(sql);
    List<AuditRecord> records =
        new ArrayList<>(
            sql.all(
                SELECT + "ORDER BY seq DESC LIMIT ?", row -> record(stored(row).entry()), limit));
    Collections.reverse(records);
    return List.copyOf(records);
  }

  @Override
  public Optional<AuditRecord> find(long seq) {
    appends.write(sql);
    return sql.first(SELECT + "WHERE seq = ?", row -> record(stored(row).entry()), seq);
  }

  private static AuditRecord record(AuditEntry entry) {
    return new AuditRecord(
        entry.seq(),
        Instant.ofEpochMilli(entry.at()),
        entry.actor(),
        entry.action(),
        entry.subject(),
        ContentCodec.readAttributes(Serialization.JSON, entry.detail().getBytes(UTF_8)));
  }

  private static Stored stored(Row row) throws SQLException {
    return new Stored(
        new AuditEntry(
            row.number(), row.number(), row.text(), row.text(), row.text(), row.text(), row.text()),
        row.text());
  }
}
