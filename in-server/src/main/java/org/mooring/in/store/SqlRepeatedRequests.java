// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.Optional;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.transaction.RequestKey;

final class SqlRepeatedRequests implements RepeatedRequests {
  private final Sql sql;
  private final SecretSealer sealer;
  private final Instant now;

  SqlRepeatedRequests(Sql sql, SecretSealer sealer, Instant now) {
    this.sql = sql;
    this.sealer = sealer;
    this.now = now;
  }

  @Override
  public Optional<byte[]> find(RequestKey key) {
    return sql.first(
            """
            SELECT sealed_answer FROM repeated_request
            WHERE client = ? AND rqi = ? AND digest = ? AND created_at > ?
            """,
            Row::octets,
            key.client(),
            key.requestId(),
            key.digest(),
            oldest())
        .map(answer -> sealer.openOctets(answer, rowIdentity(key)));
  }

  @Override
  public void remember(RequestKey key, byte[] answer) {
    sql.run(
        """
        INSERT INTO repeated_request (client, rqi, digest, sealed_answer, created_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (client, rqi, digest) DO UPDATE
        SET sealed_answer = excluded.sealed_answer, created_at = excluded.created_at
        """,
        key.client(),
        key.requestId(),
        key.digest(),
        sealer.sealOctets(answer, rowIdentity(key)),
        now.toEpochMilli());
  }

  @Override
  public int purge() {
    return sql.run("DELETE FROM repeated_request WHERE created_at <= ?", oldest());
  }

  private long oldest() {
    return now.minus(REMEMBERED_FOR).toEpochMilli();
  }

  private static String rowIdentity(RequestKey key) {
    return "repeated_request.sealed_answer/"
        + key.client()
        + "/"
        + key.requestId()
        + "/"
        + key.digest();
  }
}
