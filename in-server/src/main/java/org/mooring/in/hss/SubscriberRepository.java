// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.hss;

import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;

/** The subscribers, within one transaction. */
public interface SubscriberRepository {
  Optional<Subscriber> find(Impi impi);

  /**
   * Adds a subscriber, its key sealed.
   *
   * @throws RuntimeException if there is one with its IMPI
   */
  void add(Subscriber subscriber);

  /** Sets the sequence number of the last vector. */
  void setNumber(Impi impi, SequenceNumber number);

  /** Removes a subscriber with its key; nothing happens where there is none. */
  void remove(Impi impi);
}
