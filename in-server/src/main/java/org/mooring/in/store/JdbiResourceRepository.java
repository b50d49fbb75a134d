// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.CseId;
import org.mooring.in.cse.CreatorScope;
import org.mooring.in.cse.InstanceTotal;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ResourceRepository;

final class JdbiResourceRepository implements ResourceRepository {
  private static final String LIVING = "SELECT * FROM resource WHERE expires_at > :now AND ";
  private static final String EXPIRED = "SELECT * FROM resource WHERE expires_at <= :now ";

  private final Handle handle;
  private final Instant now;

  JdbiResourceRepository(Handle handle, Instant now) {
    this.handle = handle;
    this.now = now;
  }

  @Override
  public Optional<Resource> base() {
    return first(query(LIVING + "pi IS NULL"));
  }

  @Override
  public Optional<Resource> byId(String id) {
    return first(query(LIVING + "ri = :ri").bind("ri", id));
  }

  @Override
  public Optional<Resource> byPath(String path) {
    return first(query(LIVING + "path = :path").bind("path", path));
  }

  @Override
  public Optional<Resource> registrationOf(int type, CseId cse) {
    return first(
        query(LIVING + "owner_csi = :csi AND ty = :ty LIMIT 1")
            .bind("csi", cse.value())
            .bind("ty", type));
  }

  @Override
  public Optional<Resource> newest(String parent, int type) {
    return first(children(parent, type, "ORDER BY seq DESC LIMIT 1"));
  }

  @Override
  public Optional<Resource> oldest(String parent, int type) {
    return first(children(parent, type, "ORDER BY seq LIMIT 1"));
  }

  @Override
  public List<Resource> below(String id, CreatorScope creators, int limit) {
    return all(
        below(
                """
                SELECT r.* FROM below b CROSS JOIN resource r WHERE r.ri = b.ri
                ORDER BY b.level, r.ty, r.seq LIMIT :limit
                """,
                id,
                creators)
            .bind("limit", limit));
  }

  @Override
  public long octetsBelow(String id, CreatorScope creators) {
    return below(
            """
            SELECT COALESCE(SUM(length(r.attributes)), 0)
            FROM below b CROSS JOIN resource r WHERE r.ri = b.ri
            """,
            id,
            creators)
        .mapTo(Long.class)
        .one();
  }

  /**
   * A query over {@code below (ri, level)}: what the creators have below a resource. It says CROSS
   * JOIN since SQLite takes that for the order to go by; left to itself it may scan all resources.
   */
  private Query below(String select, String id, CreatorScope creators) {
    String visible =
        """
        r.expires_at > :now AND (r.creator = :creator OR :association <> ''
          AND (r.creator = :association
            OR substr(r.creator, 1, length(:aes)) = :aes))
        """;
    String below =
        """
        WITH RECURSIVE below (ri, level) AS (
          SELECT r.ri, 1 FROM resource r WHERE r.pi = :ri AND VISIBLE
          UNION ALL
          SELECT r.ri, b.level + 1 FROM resource r JOIN below b ON r.pi = b.ri WHERE VISIBLE
        )
        """
            .replace("VISIBLE", visible);
    return query(below + select)
        .bind("ri", id)
        .bind("creator", creators.id())
        .bind("association", creators.association())
        .bind("aes", creators.belowAssociation());
  }

  @Override
  public Optional<Instant> latestExpirationBelow(String parent) {
    return query(
            """
            SELECT expires_at FROM resource WHERE pi = :pi AND expires_at > :now
            ORDER BY expires_at DESC LIMIT 1
            """)
        .bind("pi", parent)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  @Override
  public List<Resource> expiredBelow(String parent) {
    return all(query(EXPIRED + "AND pi = :pi ORDER BY expires_at").bind("pi", parent));
  }

  @Override
  public List<Resource> expired(int limit) {
    return all(query(EXPIRED + "ORDER BY expires_at LIMIT :limit").bind("limit", limit));
  }

  @Override
  public InstanceTotal expiredTotal(String parent, int type) {
    return query(
            """
            SELECT COUNT(*) AS instances, COALESCE(SUM(content_size), 0) AS octets FROM resource
            WHERE pi = :pi AND ty = :ty AND expires_at <= :now
            """)
        .bind("pi", parent)
        .bind("ty", type)
        .map((row, context) -> new InstanceTotal(row.getLong("instances"), row.getLong("octets")))
        .one();
  }

  @Override
  public boolean insert(Resource resource) {
    int inserted =
        handle
            .createUpdate(
"""
INSERT INTO resource (ri, ty, rn, pi, path, creator, owner_csi, state_tag, attributes,
  content_size, seq, expires_at, created_at, modified_at)
VALUES (:ri, :ty, :rn, NULLIF(:pi, ''), :path, :creator, :registree, :tag, :attributes,
  :size, (SELECT COALESCE(MAX(seq), 0) + 1 FROM resource WHERE pi = :pi AND ty = :ty),
  :expires, :created, :modified)
ON CONFLICT DO NOTHING
""")
            .bind("ri", resource.id())
            .bind("ty", resource.type())
            .bind("rn", resource.name())
            .bind("pi", resource.parent())
            .bind("path", resource.path())
            .bind("creator", resource.provenance().creator())
            .bind("registree", resource.provenance().registree())
            .bind("tag", resource.stateTag())
            .bind(
                "attributes",
                ContentCodec.writeAttributes(Serialization.CBOR, resource.attributes()))
            .bind("size", resource.contentSize())
            .bind("expires", resource.times().expires().toEpochMilli())
            .bind("created", resource.times().created().toEpochMilli())
            .bind("modified", resource.times().modified().toEpochMilli())
            .execute();
    return inserted == 1;
  }

  @Override
  public void update(Resource resource) {
    handle
        .createUpdate(
            """
            UPDATE resource SET attributes = :attributes, state_tag = :tag, expires_at = :expires,
              modified_at = :modified
            WHERE ri = :ri
            """)
        .bind("ri", resource.id())
        .bind("attributes", ContentCodec.writeAttributes(Serialization.CBOR, resource.attributes()))
        .bind("tag", resource.stateTag())
        .bind("expires", resource.times().expires().toEpochMilli())
        .bind("modified", resource.times().modified().toEpochMilli())
        .execute();
  }

  @Override
  public void delete(String id) {
    handle.createUpdate("DELETE FROM resource WHERE ri = :ri").bind("ri", id).execute();
  }

  @Override
  public void limitAge(String parent, int type, Duration age) {
    handle
        .createUpdate(
            """
            UPDATE resource SET expires_at = (created_at + :age) / 1000 * 1000
            WHERE pi = :pi AND ty = :ty AND expires_at > created_at + :age
            """)
        .bind("pi", parent)
        .bind("ty", type)
        .bind("age", age.toMillis())
        .execute();
  }

  private Query children(String parent, int type, String order) {
    return query(LIVING + "pi = :pi AND ty = :ty " + order).bind("pi", parent).bind("ty", type);
  }

  private Query query(String sql) {
    return handle.createQuery(sql).bind("now", now.toEpochMilli());
  }

  private static Optional<Resource> first(Query query) {
    return query.map((row, context) -> resource(row)).findOne();
  }

  private static List<Resource> all(Query query) {
    return query.map((row, context) -> resource(row)).list();
  }

  private static Resource resource(ResultSet row) throws SQLException {
    return new Resource(
        row.getString("ri"),
        row.getInt("ty"),
        new Resource.Place(
            Objects.requireNonNullElse(row.getString("pi"), ""),
            row.getString("rn"),
            row.getString("path")),
        new Resource.Provenance(row.getString("creator"), row.getString("owner_csi")),
        ContentCodec.readAttributes(Serialization.CBOR, row.getBytes("attributes")),
        row.getLong("state_tag"),
        row.getLong("content_size"),
        new Resource.Times(
            time(row, "created_at"), time(row, "modified_at"), time(row, "expires_at")));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
