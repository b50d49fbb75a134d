// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.Standing;
import org.mooring.in.app.TokenRepository;

final class SqlTokenRepository implements TokenRepository {
  private static final String SELECT =
      """
      SELECT token_id, app_id, fingerprint, valid_from, expires_at, nodes, roles, access_policy,
        targets, share, max_instances, max_instances_per_node, kid, revoked_at, revoked_reason,
        created_at
      FROM app_token
      """;

  private final Sql sql;
  private final SecretSealer sealer;

  SqlTokenRepository(Sql sql, SecretSealer sealer) {
    this.sql = sql;
    this.sealer = sealer;
  }

  @Override
  public Optional<IssuedToken> find(TokenId id) {
    return sql.first(SELECT + "WHERE token_id = ?", SqlTokenRepository::token, id.toString());
  }

  @Override
  public Optional<SecretKeyBytes> secret(TokenId id) {
    return sql.first(
        "SELECT sealed_secret FROM app_token WHERE token_id = ? AND sealed_secret IS NOT NULL",
        row -> sealer.open(row.octets(), rowIdentity(id)),
        id.toString());
  }

  @Override
  public void add(IssuedToken token, SecretKeyBytes secret) {
    sql.run(
        """
        INSERT INTO app_token (token_id, app_id, sealed_secret, fingerprint, valid_from, expires_at,
          nodes, roles, access_policy, targets, share, max_instances, max_instances_per_node, kid,
          created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        token.id().toString(),
        token.application().value(),
        sealer.seal(secret, rowIdentity(token.id())),
        token.fingerprint(),
        token.validity().from().toEpochMilli(),
        token.validity().until().toEpochMilli(),
        SpaceJoined.join(token.nodes().stream().map(AllowedNode::value).toList()),
        SpaceJoined.join(token.services().roles().stream().map(RoleId::toString).toList()),
        token.services().accessPolicy().map(ResourceAddress::toString).orElse(""),
        SpaceJoined.join(token.services().targets().stream().map(EntityId::value).toList()),
        token.services().share().text(),
        token.caps().perToken(),
        token.caps().perNode(),
        token.signingKey(),
        token.issuedAt().toEpochMilli());
  }

  @Override
  public void revoke(TokenId id, Standing.Revoked revoked) {
    sql.run(
        """
        UPDATE app_token SET sealed_secret = NULL, revoked_at = ?, revoked_reason = ?
        WHERE token_id = ?
        """,
        revoked.at().toEpochMilli(),
        revoked.reason(),
        id.toString());
  }

  @Override
  public List<IssuedToken> ofApplication(AppId application, int limit) {
    return sql.all(
        SELECT + "WHERE app_id = ? ORDER BY created_at DESC LIMIT ?",
        SqlTokenRepository::token,
        application.value(),
        limit);
  }

  @Override
  public Optional<Instant> lastEndSignedBy(String kid) {
    return sql.first(
        "SELECT expires_at FROM app_token WHERE kid = ? ORDER BY expires_at DESC LIMIT 1",
        Row::time,
        kid);
  }

  private static IssuedToken token(Row row) throws SQLException {
    return new IssuedToken(
        TokenId.parse(row.text()),
        new AppId(row.text()),
        row.text(),
        new TokenValidity(row.time(), row.time()),
        SpaceJoined.split(row.text()).stream().map(AllowedNode::new).toList(),
        services(row),
        new InstanceCaps((int) row.number(), (int) row.number()),
        row.text(),
        RevocationColumns.read(row),
        row.time());
  }

  private static ApprovedServices services(Row row) throws SQLException {
    List<RoleId> roles = SpaceJoined.split(row.text()).stream().map(RoleId::parse).toList();
    String policy = row.text();
    return new ApprovedServices(
        roles,
        policy.isEmpty() ? Optional.empty() : Optional.of(ResourceAddress.parse(policy)),
        SpaceJoined.split(row.text()).stream().map(EntityId::of).toList(),
        CredentialShare.of(row.text()).orElseThrow());
  }

  private static String rowIdentity(TokenId id) {
    return "app_token.sealed_secret/" + id;
  }
}
