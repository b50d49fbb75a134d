// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.store.ClientRecord.HeldCredential;
import org.mooring.in.store.ClientRecord.HeldKey;
import org.mooring.in.trust.KeyRegistration;

/**
 * The records of clients as one unit of work sees them: from memory where they are known, else from
 * the database. The repositories tell it of each row that they change.
 */
final class ClientRecords {
  private final Sql sql;
  private final RecordLayer known;

  /**
   * @param known takes what is read and changed
   */
  ClientRecords(Sql sql, RecordLayer known) {
    this.sql = sql;
    this.known = known;
  }

  /** The record of a client, which is an empty one where nothing is stored. */
  ClientRecord ofClient(EntityId client) {
    return known.ofClient(client).orElseGet(() -> loaded(client, KeyRow.ofClient(sql, client)));
  }

  /** The record that has a key which is no tombstone. */
  Optional<ClientRecord> holding(KeyIdentifier identity) {
    return known.holding(identity).or(() -> stored(identity));
  }

  private Optional<ClientRecord> stored(KeyIdentifier identity) {
    List<KeyRow> rows = KeyRow.ofHolder(sql, identity);
    return rows.isEmpty() ? Optional.empty() : Optional.of(loaded(rows.get(0).client(), rows));
  }

  /** A credential, removed ones included. */
  Optional<Credential> credential(KeyIdentifier identity) {
    return holding(identity)
        .flatMap(record -> record.credential(identity))
        .or(() -> KeyRow.find(sql, identity).map(KeyRow::credential))
        .map(HeldCredential::credential);
  }

  /** A key registration, removed ones included. */
  Optional<KeyRegistration> key(KeyIdentifier identity) {
    return holding(identity)
        .flatMap(record -> record.key(identity))
        .map(HeldKey::registration)
        .or(() -> KeyRow.find(sql, identity).map(KeyRow::registration));
  }

  /** Follows a change of a client's rows; a record that nobody read yet is read with it later. */
  void change(EntityId client, UnaryOperator<ClientRecord> change) {
    known
        .ofClient(client)
        .map(change)
        .ifPresentOrElse(known::put, () -> known.changedUnread(client));
  }

  /** Follows a change of the row with an identity. */
  void change(KeyIdentifier identity, UnaryOperator<ClientRecord> change) {
    known
        .holding(identity)
        .map(change)
        .ifPresentOrElse(
            known::put,
            () -> KeyRow.find(sql, identity).ifPresent(row -> known.changedUnread(row.client())));
  }

  private ClientRecord loaded(EntityId client, List<KeyRow> rows) {
    List<HeldCredential> credentials =
        rows.stream().flatMap(row -> Stream.ofNullable(row.credential())).toList();
    boolean isEnrolees =
        credentials.stream().map(HeldCredential::credential).anyMatch(Credential::isRoot);
    Optional<Enrolee> enrolee =
        isEnrolees ? SqlEnroleeRepository.stored(sql, client.spRelative()) : Optional.empty();
    ClientRecord loaded =
        new ClientRecord(
            client,
            enrolee,
            credentials,
            SqlClientRegistrationRepository.ofClient(sql, client),
            rows.stream().flatMap(row -> row.heldKey().stream()).toList());
    known.put(loaded);
    return loaded;
  }
}
