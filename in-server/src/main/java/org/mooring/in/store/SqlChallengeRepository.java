// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;
import org.mooring.in.bsf.ChallengeRepository;
import org.mooring.in.bsf.PendingChallenge;

final class SqlChallengeRepository implements ChallengeRepository {
  private final Sql sql;
  private final SecretSealer sealer;
  private final Instant now;

  SqlChallengeRepository(Sql sql, SecretSealer sealer, Instant now) {
    this.sql = sql;
    this.sealer = sealer;
    this.now = now;
  }

  @Override
  public Optional<PendingChallenge> find(Rand rand) {
    return sql.first(
        """
        SELECT impi, sealed_response, sealed_session_key, expires_at
        FROM pending_challenge WHERE rand = ? AND expires_at > ?
        """,
        row -> challenge(row, rand),
        rand.hex(),
        now.toEpochMilli());
  }

  private PendingChallenge challenge(Row row, Rand rand) throws SQLException {
    return new PendingChallenge(
        Impi.parse(row.text()),
        rand,
        sealer.open(row.octets(), rowIdentity("sealed_response", rand)),
        sealer.open(row.octets(), rowIdentity("sealed_session_key", rand)),
        row.time());
  }

  @Override
  public void add(PendingChallenge challenge) {
    Rand rand = challenge.rand();
    sql.run(
        """
        INSERT INTO pending_challenge (rand, impi, sealed_response, sealed_session_key, expires_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        rand.hex(),
        challenge.impi().toString(),
        sealer.seal(challenge.expectedResponse(), rowIdentity("sealed_response", rand)),
        sealer.seal(challenge.sessionKey(), rowIdentity("sealed_session_key", rand)),
        challenge.expiresAt().toEpochMilli());
  }

  @Override
  public void remove(Rand rand) {
    sql.run("DELETE FROM pending_challenge WHERE rand = ?", rand.hex());
  }

  @Override
  public int purge() {
    return sql.run("DELETE FROM pending_challenge WHERE expires_at <= ?", now.toEpochMilli());
  }

  private static String rowIdentity(String column, Rand rand) {
    return "pending_challenge." + column + "/" + rand.hex();
  }
}
