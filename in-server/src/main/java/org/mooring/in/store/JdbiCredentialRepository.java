// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.provider.FunctionRole;

final class JdbiCredentialRepository implements CredentialRepository {
  private final Handle handle;
  private final SecretSealer sealer;
  private final Instant now;

  /** What this transaction read since its last change here: one request asks for the same often. */
  private final Map<KeyIdentifier, Optional<Credential>> known = new HashMap<>();

  private final Map<CseId, List<Credential>> ofClients = new HashMap<>();

  JdbiCredentialRepository(Handle handle, SecretSealer sealer, Instant now) {
    this.handle = handle;
    this.sealer = sealer;
    this.now = now;
  }

  @Override
  public Optional<Credential> find(KeyIdentifier identity) {
    return known.computeIfAbsent(identity, this::select);
  }

  private Optional<Credential> select(KeyIdentifier identity) {
    return handle
        .createQuery("SELECT * FROM credential WHERE identity = :identity")
        .bind("identity", identity.toString())
        .map((row, context) -> credential(row))
        .findOne();
  }

  @Override
  public void add(Credential credential) {
    insert(credential, null);
  }

  @Override
  public void add(Credential credential, SecretKeyBytes key) {
    insert(credential, sealer.seal(key, rowIdentity(credential.identity())));
  }

  private void insert(Credential credential, byte @Nullable [] sealedKey) {
    forget();
    int added =
        handle
            .createUpdate(
                """
                INSERT INTO credential (identity, kind, role, client, parent, generation, status,
                  sealed_key, expires_at, created_at)
                VALUES (:identity, :kind, :role, :client, :parent, :generation, :status,
                  :key, :expires, :created)
                ON CONFLICT (identity) DO NOTHING
                """)
            .bind("identity", credential.identity().toString())
            .bind("kind", text(credential.kind()))
            .bind("role", credential.role().text())
            .bind("client", credential.client().value())
            .bind("parent", credential.parent().toString())
            .bind("generation", credential.group())
            .bind("status", text(credential.status()))
            .bind("key", sealedKey)
            .bind("expires", credential.expiresAt().toEpochMilli())
            .bind("created", now.toEpochMilli())
            .execute();
    if (added == 0) {
      throw new IllegalStateException(credential.identity() + " was used before");
    }
  }

  @Override
  public Optional<SecretKeyBytes> key(KeyIdentifier identity) {
    return handle
        .createQuery(
            """
            SELECT sealed_key FROM credential
            WHERE identity = :identity AND sealed_key IS NOT NULL
            """)
        .bind("identity", identity.toString())
        .mapTo(byte[].class)
        .findOne()
        .map(octets -> sealer.open(octets, rowIdentity(identity)));
  }

  @Override
  public void setStatus(KeyIdentifier identity, Status status) {
    forget();
    boolean ends = status == Status.REVOKED || status == Status.REMOVED;
    String wipe = ends ? ", sealed_key = NULL" : "";
    String leave = status == Status.REMOVED ? ", generation = ''" : "";
    handle
        .createUpdate(
            "UPDATE credential SET status = :status" + wipe + leave + " WHERE identity = :identity")
        .bind("status", text(status))
        .bind("identity", identity.toString())
        .execute();
    if (ends) {
      handle
          .createUpdate(JdbiKeyRegistrationRepository.REMOVE)
          .bind("identity", identity.toString())
          .execute();
    }
  }

  @Override
  public void setExpiry(KeyIdentifier identity, Instant expiresAt) {
    forget();
    for (String table : List.of("credential", "key_registration")) {
      handle
          .createUpdate("UPDATE " + table + " SET expires_at = :expires WHERE identity = :identity")
          .bind("expires", expiresAt.toEpochMilli())
          .bind("identity", identity.toString())
          .execute();
    }
  }

  @Override
  public List<Credential> liveOfGroup(CseId client, String group) {
    return ofClient(client).stream()
        .filter(c -> c.group().equals(group) && c.status() != Status.REVOKED)
        .toList();
  }

  @Override
  public List<Credential> derivedFrom(KeyIdentifier parent) {
    return find(parent).map(Credential::client).map(this::ofClient).orElse(List.of()).stream()
        .filter(c -> c.parent().equals(parent) && !c.identity().equals(parent))
        .toList();
  }

  @Override
  public List<Credential> ofClient(CseId client) {
    return ofClients.computeIfAbsent(client, this::selectOfClient);
  }

  /** A credential with the moment it was added. */
  private record Added(Credential credential, long at) {
    static final Comparator<Added> OLDEST_FIRST =
        Comparator.comparingLong(Added::at)
            .thenComparing(added -> added.credential().identity().toString());
  }

  /**
   * A removed credential has left every generation, and so this search. The few rows are sorted
   * here: a sorter of SQLite's costs more than what it sorts.
   */
  private List<Credential> selectOfClient(CseId client) {
    List<Credential> found =
        handle
            .createQuery("SELECT * FROM credential WHERE client = :client AND generation > ''")
            .bind("client", client.value())
            .map((row, context) -> new Added(credential(row), row.getLong("created_at")))
            .stream()
            .sorted(Added.OLDEST_FIRST)
            .map(Added::credential)
            .toList();
    found.forEach(credential -> known.put(credential.identity(), Optional.of(credential)));
    return found;
  }

  @Override
  public List<Credential> endedBefore(Instant time, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM credential WHERE expires_at <= :time AND status <> 'removed'
            ORDER BY expires_at LIMIT :limit
            """)
        .bind("time", time.toEpochMilli())
        .bind("limit", limit)
        .map((row, context) -> credential(row))
        .list();
  }

  private void forget() {
    known.clear();
    ofClients.clear();
  }

  private static Credential credential(ResultSet row) throws SQLException {
    return new Credential(
        KeyIdentifier.parse(row.getString("identity")),
        Credential.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        FunctionRole.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        new CseId(row.getString("client")),
        KeyIdentifier.parse(row.getString("parent")),
        row.getString("generation"),
        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String rowIdentity(KeyIdentifier identity) {
    return "credential.sealed_key/" + identity;
  }
}
