// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditLog;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.audit.AuditTrail;
import org.mooring.in.audit.AuditVerification;

final class JdbiAuditLog implements AuditTrail, AuditLog {
  private static final int ROWS_AT_ONCE = 1000;

  private final Handle handle;
  private final Dialect dialect;
  private final AuditHead head;
  private final Instant now;

  JdbiAuditLog(Handle handle, Dialect dialect, AuditHead head, Instant now) {
    this.handle = handle;
    this.dialect = dialect;
    this.head = head;
    this.now = now;
  }

  /** An entry with the hash that was stored for it. */
  private record Stored(AuditEntry entry, String hash) {}

  @Override
  public void record(String actor, AuditAction action, String subject, Attributes detail) {
    dialect.lockAudit(handle);
    AuditHead.Link last = head.newest(this::lookUpNewest);
    AuditEntry entry =
        new AuditEntry(
            last.seq() + 1,
            now.toEpochMilli(),
            actor,
            action.name(),
            subject,
            new String(ContentCodec.writeAttributes(Serialization.JSON, detail), UTF_8),
            last.hash());
    String hash = entry.hash();
    handle
        .createUpdate(
            """
            INSERT INTO audit (seq, at, actor, action, subject, detail, previous, hash)
            VALUES (:seq, :at, :actor, :action, :subject, :detail, :previous, :hash)
            """)
        .bind("seq", entry.seq())
        .bind("at", entry.at())
        .bind("actor", entry.actor())
        .bind("action", entry.action())
        .bind("subject", entry.subject())
        .bind("detail", entry.detail())
        .bind("previous", entry.previous())
        .bind("hash", hash)
        .execute();
    head.append(new AuditHead.Link(entry.seq(), hash));
  }

  private AuditHead.Link lookUpNewest() {
    return handle
        .createQuery("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        .map((row, context) -> new AuditHead.Link(row.getLong("seq"), row.getString("hash")))
        .findOne()
        .orElse(new AuditHead.Link(0, ""));
  }

  @Override
  public AuditVerification verify() {
    ResultIterable<Stored> rows =
        handle
            .createQuery("SELECT * FROM audit ORDER BY seq")
            .setFetchSize(ROWS_AT_ONCE)
            .map((row, context) -> stored(row));
    long intact = 0;
    String head = "";
    try (var iterator = rows.iterator()) {
      while (iterator.hasNext()) {
        Stored next = iterator.next();
        if (!follows(next, intact, head)) {
          return new AuditVerification(intact, head, OptionalLong.of(intact + 1));
        }
        intact++;
        head = next.hash();
      }
    }
    return new AuditVerification(intact, head, OptionalLong.empty());
  }

  @Override
  public List<AuditRecord> latest(int limit) {
    List<AuditRecord> newestFirst =
        handle
            .createQuery("SELECT * FROM audit ORDER BY seq DESC LIMIT :limit")
            .bind("limit", limit)
            .map((row, context) -> record(stored(row).entry()))
            .list();
    List<AuditRecord> oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return List.copyOf(oldestFirst);
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

  private static boolean follows(Stored next, long seq, String hash) {
    return next.entry().seq() == seq + 1
        && next.entry().previous().equals(hash)
        && next.entry().hash().equals(next.hash());
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        new AuditEntry(
            row.getLong("seq"),
            row.getLong("at"),
            row.getString("actor"),
            row.getString("action"),
            row.getString("subject"),
            row.getString("detail"),
            row.getString("previous")),
        row.getString("hash"));
  }
}
