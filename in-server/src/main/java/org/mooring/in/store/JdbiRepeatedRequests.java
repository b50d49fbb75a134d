// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.transaction.RequestKey;

final class JdbiRepeatedRequests implements RepeatedRequests {
  private final Handle handle;
  private final SecretSealer sealer;
  private final Instant now;

  JdbiRepeatedRequests(Handle handle, SecretSealer sealer, Instant now) {
    this.handle = handle;
    this.sealer = sealer;
    this.now = now;
  }

  @Override
  public Optional<byte[]> find(RequestKey key) {
    return handle
        .createQuery(
            """
            SELECT sealed_answer FROM repeated_request
            WHERE client = :client AND rqi = :rqi AND digest = :digest AND created_at > :oldest
            """)
        .bind("client", key.client())
        .bind("rqi", key.requestId())
        .bind("digest", key.digest())
        .bind("oldest", oldest())
        .mapTo(byte[].class)
        .findOne()
        .map(answer -> sealer.openOctets(answer, rowIdentity(key)));
  }

  @Override
  public void remember(RequestKey key, byte[] answer) {
    handle
        .createUpdate(
            """
            INSERT INTO repeated_request (client, rqi, digest, sealed_answer, created_at)
            VALUES (:client, :rqi, :digest, :answer, :now)
            ON CONFLICT (client, rqi, digest) DO UPDATE
            SET sealed_answer = excluded.sealed_answer, created_at = excluded.created_at
            """)
        .bind("client", key.client())
        .bind("rqi", key.requestId())
        .bind("digest", key.digest())
        .bind("answer", sealer.sealOctets(answer, rowIdentity(key)))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  @Override
  public int purge() {
    return handle
        .createUpdate("DELETE FROM repeated_request WHERE created_at <= :oldest")
        .bind("oldest", oldest())
        .execute();
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
