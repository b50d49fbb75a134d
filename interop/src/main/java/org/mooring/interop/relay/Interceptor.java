// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides what becomes of datagrams. Called on the relay's one thread, so it must return at once.
 */
public interface Interceptor {
  /** What becomes of a datagram. */
  enum Fate {
    PASS,
    DROP
  }

  CompletionStage<Fate> PASS = CompletableFuture.completedFuture(Fate.PASS);
  CompletionStage<Fate> DROP = CompletableFuture.completedFuture(Fate.DROP);

  /** Lets everything through. */
  Interceptor NONE = datagram -> PASS;

  /**
   * The datagram's fate. A stage that is not complete yet holds this datagram, and no other, until
   * it completes; one that fails drops it.
   */
  CompletionStage<Fate> fateOf(RelayedDatagram datagram);

  /** The datagram, these octets, was handed to the receiver's socket. */
  default void forwarded(RelayedDatagram datagram, byte[] octets) {}
}
