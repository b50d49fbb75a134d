// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.app.SigningKey;
import org.mooring.in.app.SigningKeyRepository;

final class SqlSigningKeyRepository implements SigningKeyRepository {
  private static final String SELECT =
      "SELECT kid, public_key, created_at, verifies_until FROM app_signing_key ";

  private final Sql sql;
  private final SecretSealer sealer;

  SqlSigningKeyRepository(Sql sql, SecretSealer sealer) {
    this.sql = sql;
    this.sealer = sealer;
  }

  @Override
  public Optional<SigningKey> current() {
    return sql.first(
        SELECT + "WHERE verifies_until = ?",
        SqlSigningKeyRepository::signingKey,
        M2mTimestamp.NEVER.toEpochMilli());
  }

  @Override
  public Optional<SecretKeyBytes> privateKey(String kid) {
    return sql.first(
        """
        SELECT sealed_private_key FROM app_signing_key
        WHERE kid = ? AND sealed_private_key IS NOT NULL
        """,
        row -> sealer.open(row.octets(), rowIdentity(kid)),
        kid);
  }

  @Override
  public void add(SigningKey key, SecretKeyBytes privateKey) {
    sql.run(
        """
        INSERT INTO app_signing_key (kid, public_key, sealed_private_key, created_at,
          verifies_until)
        VALUES (?, ?, ?, ?, ?)
        """,
        key.kid(),
        key.publicKey().getEncoded(),
        sealer.seal(privateKey, rowIdentity(key.kid())),
        key.createdAt().toEpochMilli(),
        key.verifiesUntil().toEpochMilli());
  }

  @Override
  public void retire(String kid, Instant verifiesUntil) {
    sql.run(
        """
        UPDATE app_signing_key SET sealed_private_key = NULL, verifies_until = ? WHERE kid = ?
        """,
        verifiesUntil.toEpochMilli(),
        kid);
  }

  @Override
  public List<SigningKey> verifyingAt(Instant time) {
    return sql.all(
        SELECT + "WHERE verifies_until > ? ORDER BY verifies_until DESC",
        SqlSigningKeyRepository::signingKey,
        time.toEpochMilli());
  }

  private static SigningKey signingKey(Row row) throws SQLException {
    return new SigningKey(
        row.text(), CertificateKeys.decodePublic(row.octets()), row.time(), row.time());
  }

  private static String rowIdentity(String kid) {
    return "app_signing_key.sealed_private_key/" + kid;
  }
}
