// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.hss.Subscriber;
import org.mooring.in.hss.SubscriberRepository;

final class SqlSubscriberRepository implements SubscriberRepository {
  private final Sql sql;
  private final SecretSealer sealer;

  SqlSubscriberRepository(Sql sql, SecretSealer sealer) {
    this.sql = sql;
    this.sealer = sealer;
  }

  @Override
  public Optional<Subscriber> find(Impi impi) {
    return sql.first(
        "SELECT sealed_key, number FROM subscriber WHERE impi = ?",
        row -> new Subscriber(impi, opened(row.octets(), impi), new SequenceNumber(row.number())),
        impi.toString());
  }

  private SubscriberKey opened(byte[] sealed, Impi impi) {
    SecretKeyBytes joined = sealer.open(sealed, rowIdentity(impi));
    try {
      return SubscriberKey.of(joined);
    } finally {
      joined.destroy();
    }
  }

  @Override
  public void add(Subscriber subscriber) {
    SecretKeyBytes joined = subscriber.key().joined();
    try {
      sql.run(
          "INSERT INTO subscriber (impi, sealed_key, number) VALUES (?, ?, ?)",
          subscriber.impi().toString(),
          sealer.seal(joined, rowIdentity(subscriber.impi())),
          subscriber.number().value());
    } finally {
      joined.destroy();
    }
  }

  @Override
  public void setNumber(Impi impi, SequenceNumber number) {
    sql.run("UPDATE subscriber SET number = ? WHERE impi = ?", number.value(), impi.toString());
  }

  @Override
  public void remove(Impi impi) {
    sql.run("DELETE FROM subscriber WHERE impi = ?", impi.toString());
  }

  private static String rowIdentity(Impi impi) {
    return "subscriber.sealed_key/" + impi;
  }
}
