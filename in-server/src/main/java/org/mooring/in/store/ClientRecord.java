// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/**
 * The rows of one client that are no tombstones: what a request of it, or a handshake, is answered
 * from. Immutable, its lists sorted with the oldest first; keys stay sealed.
 *
 * @param enrolee empty where the client has no subscription, or its row was not read
 * @param credentials those that are not removed
 * @param keys those that are not removed
 */
record ClientRecord(
    EntityId client,
    Optional<Enrolee> enrolee,
    List<HeldCredential> credentials,
    List<ClientRegistration> registrations,
    List<HeldKey> keys) {

  private static final Comparator<HeldCredential> CREDENTIALS =
      Comparator.comparing(HeldCredential::addedAt)
          .thenComparing(held -> held.credential().identity().toString());
  private static final Comparator<ClientRegistration> REGISTRATIONS =
      Comparator.comparing(ClientRegistration::createdAt).thenComparing(ClientRegistration::id);
  private static final Comparator<HeldKey> KEYS =
      Comparator.comparing((HeldKey held) -> held.registration().createdAt())
          .thenComparing(held -> held.registration().identity().toString());

  ClientRecord {
    credentials = sorted(credentials, CREDENTIALS);
    registrations = sorted(registrations, REGISTRATIONS);
    keys = sorted(keys, KEYS);
  }

  /**
   * What opens sessions of a row of {@code credential}.
   *
   * @param sealedKey none where its registration has it, or it was revoked
   */
  record HeldCredential(Credential credential, byte @Nullable [] sealedKey, Instant addedAt) {
    HeldCredential standing(Credential.Status status, byte @Nullable [] key) {
      return new HeldCredential(credential.standing(status), key, addedAt);
    }

    HeldCredential withKey(byte[] key) {
      return new HeldCredential(credential, key, addedAt);
    }

    HeldCredential ending(Instant expiresAt) {
      return new HeldCredential(credential.ending(expiresAt), sealedKey, addedAt);
    }
  }

  /** What a client registered of a row of {@code credential}, with its key. */
  record HeldKey(KeyRegistration registration, byte[] sealedKey) {
    HeldKey ending(Instant expiresAt) {
      return new HeldKey(registration.ending(expiresAt), sealedKey);
    }
  }

  /** How many rows it has, but for the enrolee's. */
  int rows() {
    return credentials.size() + registrations.size() + keys.size();
  }

  Optional<HeldCredential> credential(KeyIdentifier identity) {
    for (HeldCredential held : credentials) {
      if (held.credential().identity().equals(identity)) {
        return Optional.of(held);
      }
    }
    return Optional.empty();
  }

  /** Whether the client came with the credential with this identity. */
  boolean hasFromFactory(KeyIdentifier identity) {
    return credential(identity).filter(held -> held.credential().isRoot()).isPresent();
  }

  Optional<HeldKey> key(KeyIdentifier identity) {
    for (HeldKey held : keys) {
      if (held.registration().identity().equals(identity)) {
        return Optional.of(held);
      }
    }
    return Optional.empty();
  }

  /** Every identity that it answers for; that of a registered credential twice. */
  void forEachIdentity(Consumer<KeyIdentifier> visitor) {
    for (HeldCredential held : credentials) {
      visitor.accept(held.credential().identity());
    }
    for (HeldKey held : keys) {
      visitor.accept(held.registration().identity());
    }
  }

  ClientRecord with(Enrolee changed) {
    return new ClientRecord(client, Optional.of(changed), credentials, registrations, keys);
  }

  /** With the credential in the place of the one with its identity, if there is one. */
  ClientRecord with(HeldCredential added) {
    KeyIdentifier identity = added.credential().identity();
    return new ClientRecord(
        client,
        enrolee,
        replaced(credentials, held -> held.credential().identity().equals(identity), added),
        registrations,
        keys);
  }

  /** With the key in the place of the one with its identity, if there is one. */
  ClientRecord with(HeldKey added) {
    KeyIdentifier identity = added.registration().identity();
    return new ClientRecord(
        client,
        enrolee,
        credentials,
        registrations,
        replaced(keys, held -> held.registration().identity().equals(identity), added));
  }

  /** With a change of the credential with this identity, if there is one. */
  ClientRecord changingCredential(KeyIdentifier identity, UnaryOperator<HeldCredential> change) {
    return credential(identity).map(held -> with(change.apply(held))).orElse(this);
  }

  /** With a change of the key with this identity, if there is one. */
  ClientRecord changingKey(KeyIdentifier identity, UnaryOperator<HeldKey> change) {
    return key(identity).map(held -> with(change.apply(held))).orElse(this);
  }

  /** With the registration in the place of the one with its function and id, if there is one. */
  ClientRecord with(ClientRegistration added) {
    return new ClientRecord(
        client,
        enrolee,
        credentials,
        replaced(
            registrations,
            r -> r.function() == added.function() && r.id().equals(added.id()),
            added),
        keys);
  }

  ClientRecord withoutCredential(KeyIdentifier identity) {
    return new ClientRecord(
        client,
        enrolee,
        without(credentials, held -> held.credential().identity().equals(identity)),
        registrations,
        keys);
  }

  ClientRecord withoutKey(KeyIdentifier identity) {
    return new ClientRecord(
        client,
        enrolee,
        credentials,
        registrations,
        without(keys, held -> held.registration().identity().equals(identity)));
  }

  ClientRecord without(ClientRegistration gone) {
    return new ClientRecord(
        client,
        enrolee,
        credentials,
        without(registrations, r -> r.function() == gone.function() && r.id().equals(gone.id())),
        keys);
  }

  /** Rows mostly come in order: each is added after the others. */
  private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
    for (int i = 1; i < rows.size(); i++) {
      if (order.compare(rows.get(i - 1), rows.get(i)) > 0) {
        List<T> sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return List.copyOf(sorted);
      }
    }
    return List.copyOf(rows);
  }

  private static <T> List<T> replaced(List<T> rows, Predicate<T> same, T added) {
    List<T> replaced = new ArrayList<>(rows.size() + 1);
    for (T row : rows) {
      if (!same.test(row)) {
        replaced.add(row);
      }
    }
    replaced.add(added);
    return replaced;
  }

  private static <T> List<T> without(List<T> rows, Predicate<T> gone) {
    return rows.stream().filter(row -> !gone.test(row)).toList();
  }
}
