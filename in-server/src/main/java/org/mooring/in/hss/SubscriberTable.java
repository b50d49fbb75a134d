// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.hss;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.Auts;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.in.transaction.Transactions;

/**
 * Vectors of the subscribers in the store, with MILENAGE. A sequence number is on disk before its
 * vector leaves, so that none is ever used twice.
 */
public final class SubscriberTable implements AuthenticationVectors {
  private final Transactions<? extends SubscriberStore> store;

  public SubscriberTable(Transactions<? extends SubscriberStore> store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Optional<AuthenticationVector>> next(Impi impi) {
    return store.write(
        tx -> {
          Optional<Subscriber> found = tx.subscribers().find(impi);
          return found.map(subscriber -> vector(tx, subscriber, subscriber.number().next()));
        });
  }

  @Override
  public CompletionStage<Optional<AuthenticationVector>> resynchronised(
      Impi impi, Rand rand, Auts auts) {
    return store.write(
        tx -> {
          Optional<Subscriber> found = tx.subscribers().find(impi);
          return found.flatMap(
              subscriber ->
                  Aka.numberIn(auts, subscriber.key(), rand)
                      .map(ofUsim -> following(subscriber.number(), ofUsim))
                      .map(number -> vector(tx, subscriber, number)));
        });
  }

  /**
   * The next number of ours, or that of the USIM where it would not take ours (TS 33.102 clause
   * 6.3.5, steps 2 to 4): an old token sets nothing back.
   */
  private static SequenceNumber following(SequenceNumber ours, SequenceNumber ofUsim) {
    long ahead = ours.next().counter() - ofUsim.counter();
    boolean isTaken = ahead > 0 && ahead <= SequenceWindow.LARGEST_JUMP;
    return isTaken ? ours.next() : ofUsim.next();
  }

  private static AuthenticationVector vector(
      SubscriberStore tx, Subscriber subscriber, SequenceNumber number) {
    tx.subscribers().setNumber(subscriber.impi(), number);
    try {
      return Aka.vector(subscriber.key(), Rand.random(), number);
    } finally {
      subscriber.key().destroy();
    }
  }
}
