// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.resource.CseResources;
import org.mooring.in.cse.CreatorScope;
import org.mooring.in.cse.InstanceTotal;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ResourceRepository;

final class SqlResourceRepository implements ResourceRepository {
  private static final String SELECT =
      """
      SELECT r.ri, r.ty, r.pi, r.rn, r.path, r.creator, r.owner_csi, r.attributes, r.state_tag,
        r.content_size, r.created_at, r.modified_at, r.expires_at
      """;
  private static final String LIVING = SELECT + "FROM resource r WHERE r.expires_at > ? AND ";
  private static final String EXPIRED = SELECT + "FROM resource r WHERE r.expires_at <= ? ";
  private static final String CHILDREN = LIVING + "r.pi = ? AND r.ty = ? ";

  private static final String AMONG_IDS = "r.ri IN (?" + ", ?".repeat(MOST_BY_IDS - 1) + ")";
  private static final String BY_IDS = LIVING + AMONG_IDS;
  private static final String OCTETS_OF =
      "SELECT COALESCE(SUM(length(r.attributes)), 0) FROM resource r WHERE r.expires_at > ? AND "
          + AMONG_IDS;

  private static final int POLICY = CseResources.ACCESS_CONTROL_POLICY.code();

  /** Types that go by their parent. */
  private static final String BY_PARENT =
      CseResources.table().policies().stream()
          .filter(policy -> policy.attribute("acpi").isEmpty())
          .filter(policy -> policy.type().code() != POLICY)
          .map(policy -> Integer.toString(policy.type().code()))
          .collect(Collectors.joining(", "));

  /** What goes by a scope. */
  private static final String BELOW = walkingDown("");

  /** What a scope may have a privilege on. */
  private static final String GOVERNED_BELOW =
      walkingDown("r.refers_to_policies = 1 OR r.ty = " + POLICY + " OR ");

  private final Sql sql;
  private final KnownResources known;
  private final Instant now;

  SqlResourceRepository(OpenTransaction transaction) {
    this.sql = transaction.sql();
    this.known = transaction.resources();
    this.now = transaction.now();
  }

  @Override
  public Optional<Resource> base() {
    return known.base().or(() -> read(LIVING + "r.pi IS NULL", at()));
  }

  @Override
  public Optional<Resource> byId(String id) {
    return known
        .base()
        .filter(base -> base.id().equals(id))
        .or(() -> read(LIVING + "r.ri = ?", at(), id));
  }

  @Override
  public List<Resource> byIds(List<String> ids) {
    return all(BY_IDS, forIds(ids));
  }

  @Override
  public long octetsOf(List<String> ids) {
    return sql.first(OCTETS_OF, Row::number, forIds(ids)).orElseThrow();
  }

  private Object[] forIds(List<String> ids) {
    List<Object> parameters = new ArrayList<>(List.of(at()));
    parameters.addAll(ids);
    parameters.addAll(Collections.nCopies(MOST_BY_IDS - ids.size(), ""));
    return parameters.toArray();
  }

  @Override
  public Optional<Resource> byPath(String path) {
    return known
        .base()
        .filter(base -> base.path().equals(path))
        .or(() -> read(LIVING + "r.path = ?", at(), path));
  }

  private Optional<Resource> read(String query, Object... parameters) {
    Optional<Resource> resource = first(query, parameters);
    resource.ifPresent(known::read);
    return resource;
  }

  @Override
  public Optional<Resource> registrationOf(int type, CseId cse) {
    return first(LIVING + "r.owner_csi = ? AND r.ty = ? LIMIT 1", at(), cse.value(), type);
  }

  @Override
  public List<Resource> ofCse(int type, EntityId cse, int limit) {
    return ofOwner(type, cse.value(), limit);
  }

  @Override
  public List<Resource> ofNoCse(int type, int limit) {
    return ofOwner(type, "", limit);
  }

  private List<Resource> ofOwner(int type, String owner, int limit) {
    return all(LIVING + "r.owner_csi = ? AND r.ty = ? LIMIT ?", at(), owner, type, limit);
  }

  @Override
  public List<Resource> children(String parent, int type, int limit) {
    return all(CHILDREN + "ORDER BY r.seq LIMIT ?", at(), parent, type, limit);
  }

  @Override
  public long count(String parent, int type, String creator) {
    return sql.first(
            "SELECT COUNT(*) FROM resource WHERE pi = ? AND ty = ? AND creator = ?",
            Row::number,
            parent,
            type,
            creator)
        .orElseThrow();
  }

  @Override
  public Optional<Resource> newest(String parent, int type) {
    return first(CHILDREN + "ORDER BY r.seq DESC LIMIT 1", at(), parent, type);
  }

  @Override
  public Optional<Resource> oldest(String parent, int type) {
    return first(CHILDREN + "ORDER BY r.seq LIMIT 1", at(), parent, type);
  }

  @Override
  public List<Resource> below(String id, CreatorScope creators, int limit) {
    // CROSS JOIN is for SQLite the order to go by; left to itself it may scan all resources.
    return sql.all(
        BELOW
            + SELECT
            + """
              FROM (SELECT ri, level FROM below LIMIT ?) b CROSS JOIN resource r
              WHERE r.ri = b.ri ORDER BY b.level, r.ty, r.seq
              """,
        SqlResourceRepository::resource,
        belowParameters(id, creators, limit));
  }

  @Override
  public long octetsBelow(String id, CreatorScope creators, int limit) {
    return sql.first(
            BELOW
                + """
                  SELECT COALESCE(SUM(length(r.attributes)), 0)
                  FROM (SELECT ri FROM below LIMIT ?) b CROSS JOIN resource r WHERE r.ri = b.ri
                  """,
            Row::number,
            belowParameters(id, creators, limit))
        .orElseThrow();
  }

  @Override
  public List<Resource> governedBelow(String id, CreatorScope creators, int limit, long octets) {
    List<Object> parameters = new ArrayList<>(List.of(belowParameters(id, creators, limit)));
    parameters.add(octets);
    return sql.all(
        GOVERNED_BELOW
            + """
              , sized (ri, level, octets) AS (
                SELECT b.ri, b.level,
                  SUM(length(r.attributes)) OVER (ORDER BY b.level, r.ty, r.seq, r.ri)
                FROM (SELECT ri, level FROM below LIMIT ?) b CROSS JOIN resource r
                WHERE r.ri = b.ri
              )
              """
            + SELECT
            + """
              FROM sized b CROSS JOIN resource r
              WHERE r.ri = b.ri AND b.octets <= ? ORDER BY b.level, r.ty, r.seq, r.ri
              """,
        SqlResourceRepository::resource,
        parameters.toArray());
  }

  /**
   * A query that walks down.
   *
   * @param others what is looked at whoever made it; SEEN stands for its six parameters
   */
  private static String walkingDown(String others) {
    return """
        WITH RECURSIVE below (ri, level) AS (
          SELECT r.ri, 1 FROM resource r WHERE r.pi = ? AND SEEN
          UNION ALL
          SELECT r.ri, b.level + 1 FROM resource r JOIN below b ON r.pi = b.ri WHERE SEEN
        )
        """
        .replace(
            "SEEN",
            """
            r.expires_at > ? AND (OTHERS r.ty IN (BY_PARENT)
              OR r.creator = ?
              OR ? <> '' AND (r.creator = ? OR substr(r.creator, 1, ?) = ?))
            """)
        .replace("OTHERS ", others)
        .replace("BY_PARENT", BY_PARENT);
  }

  /** The parameters of {@link #below}, and how many are looked at. */
  private Object[] belowParameters(String id, CreatorScope creators, int limit) {
    String aes = creators.belowCse();
    List<Object> scope =
        List.of(
            at(),
            creators.id(),
            creators.cse(),
            creators.cse(),
            aes.codePointCount(0, aes.length()),
            aes);
    List<Object> parameters = new ArrayList<>();
    parameters.add(id);
    parameters.addAll(scope);
    parameters.addAll(scope);
    parameters.add(limit);
    return parameters.toArray();
  }

  @Override
  public Optional<Instant> latestExpirationBelow(String parent) {
    return sql.first(
        """
        SELECT expires_at FROM resource WHERE pi = ? AND expires_at > ?
        ORDER BY expires_at DESC LIMIT 1
        """,
        Row::time,
        parent,
        at());
  }

  @Override
  public List<Resource> expiredBelow(String parent) {
    return known.nextExpiration(this::nextExpiration) > at()
        ? List.of()
        : all(EXPIRED + "AND r.pi = ? ORDER BY r.expires_at", at(), parent);
  }

  private long nextExpiration() {
    return sql.first("SELECT expires_at FROM resource ORDER BY expires_at LIMIT 1", Row::number)
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public List<Resource> expired(int limit) {
    return all(EXPIRED + "ORDER BY r.expires_at LIMIT ?", at(), limit);
  }

  @Override
  public InstanceTotal expiredTotal(String parent, int type) {
    return sql.first(
            """
            SELECT COUNT(*), COALESCE(SUM(content_size), 0) FROM resource
            WHERE pi = ? AND ty = ? AND expires_at <= ?
            """,
            row -> new InstanceTotal(row.number(), row.number()),
            parent,
            type,
            at())
        .orElseThrow();
  }

  @Override
  public boolean insert(Resource resource) {
    int inserted =
        sql.run(
            """
            INSERT INTO resource (ri, ty, rn, pi, path, creator, owner_csi, state_tag, attributes,
              refers_to_policies, content_size, seq, expires_at, created_at, modified_at)
            VALUES (?, ?, ?, NULLIF(?, ''), ?, ?, ?, ?, ?,
              ?, ?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM resource WHERE pi = ? AND ty = ?), ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            resource.id(),
            resource.type(),
            resource.name(),
            resource.parent(),
            resource.path(),
            resource.provenance().creator(),
            resource.provenance().registree(),
            resource.stateTag(),
            ContentCodec.writeAttributes(Serialization.CBOR, resource.attributes()),
            refersToPolicies(resource),
            resource.contentSize(),
            resource.parent(),
            resource.type(),
            resource.times().expires().toEpochMilli(),
            resource.times().created().toEpochMilli(),
            resource.times().modified().toEpochMilli());
    known.written(resource);
    return inserted == 1;
  }

  @Override
  public void update(Resource resource) {
    sql.run(
        """
        UPDATE resource SET attributes = ?, refers_to_policies = ?, state_tag = ?, expires_at = ?,
          modified_at = ?
        WHERE ri = ?
        """,
        ContentCodec.writeAttributes(Serialization.CBOR, resource.attributes()),
        refersToPolicies(resource),
        resource.stateTag(),
        resource.times().expires().toEpochMilli(),
        resource.times().modified().toEpochMilli(),
        resource.id());
    known.written(resource);
  }

  @Override
  public void handOver(CseId registree, AeId creator, AeId next) {
    sql.run(
        "UPDATE resource SET creator = ? WHERE owner_csi = ? AND creator = ?",
        next.value(),
        registree.value(),
        creator.value());
  }

  @Override
  public void delete(String id) {
    sql.run("DELETE FROM resource WHERE ri = ?", id);
  }

  @Override
  public void limitAge(String parent, int type, Duration age) {
    known.forget();
    sql.run(
        """
        UPDATE resource SET expires_at = (created_at + ?) / 1000 * 1000
        WHERE pi = ? AND ty = ? AND expires_at > created_at + ?
        """,
        age.toMillis(),
        parent,
        type,
        age.toMillis());
  }

  private static int refersToPolicies(Resource resource) {
    return resource.attributes().has("acpi") ? 1 : 0;
  }

  private Long at() {
    return now.toEpochMilli();
  }

  private Optional<Resource> first(String query, Object... parameters) {
    return sql.first(query, SqlResourceRepository::resource, parameters);
  }

  private List<Resource> all(String query, Object... parameters) {
    return sql.all(query, SqlResourceRepository::resource, parameters);
  }

  private static Resource resource(Row row) throws SQLException {
    String id = row.text();
    int type = (int) row.number();
    return new Resource(
        id,
        type,
        new Resource.Place(
            Objects.requireNonNullElse(row.optionalText(), ""), row.text(), row.text()),
        new Resource.Provenance(row.text(), row.text()),
        ContentCodec.readAttributes(Serialization.CBOR, row.octets()),
        row.number(),
        row.number(),
        new Resource.Times(row.time(), row.time(), row.time()));
  }
}
