// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.interop.relay.Interceptor;
import org.mooring.interop.relay.RelayedDatagram;
import org.mooring.interop.relay.RelayedDatagram.Direction;
import org.mooring.interop.relay.RelayedDatagram.Kind;

/** Stops all traffic at one moment of the walk, until the test lets it go on. */
final class KillPoint implements Interceptor {
  private final Moment moment;
  private final int number;
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private volatile boolean passing = true;

  /** A moment of an exchange or of a handshake. */
  enum Moment {
    /** The request was sent and does not arrive. */
    BEFORE_REQUEST(Kind.REQUEST, Direction.TO_SERVER, false),
    /** The request was carried out, its answer does not arrive. */
    BEFORE_ANSWER(Kind.ANSWER, Direction.TO_CLIENT, false),
    /** The answer was handed to the client's socket. */
    AFTER_ANSWER(Kind.ANSWER, Direction.TO_CLIENT, true),
    /** The first flight was sent and does not arrive. */
    BEFORE_CLIENT_HELLO(Kind.CLIENT_HELLO, Direction.TO_SERVER, false),
    /** The client's Finished was sent and does not arrive. */
    BEFORE_CLIENT_FINISHED(Kind.FINISHED, Direction.TO_SERVER, false),
    /** The server has accepted the handshake, the client does not learn of it. */
    BEFORE_SERVER_FINISHED(Kind.FINISHED, Direction.TO_CLIENT, false);

    private final Kind kind;
    private final Direction direction;
    private final boolean forwarded;

    Moment(Kind kind, Direction direction, boolean forwarded) {
      this.kind = kind;
      this.direction = direction;
      this.forwarded = forwarded;
    }

    private boolean isOf(RelayedDatagram datagram, boolean wasForwarded) {
      return forwarded == wasForwarded
          && kind == datagram.kind()
          && direction == datagram.direction();
    }
  }

  /**
   * @param number which exchange or handshake of the walk, from 1
   */
  KillPoint(Moment moment, int number) {
    this.moment = moment;
    this.number = number;
  }

  @Override
  public CompletionStage<Fate> fateOf(RelayedDatagram datagram) {
    stopAt(datagram, false);
    return passing ? PASS : DROP;
  }

  @Override
  public void forwarded(RelayedDatagram datagram, byte[] octets) {
    stopAt(datagram, true);
  }

  private void stopAt(RelayedDatagram datagram, boolean wasForwarded) {
    if (!reached.isDone() && datagram.number() == number && moment.isOf(datagram, wasForwarded)) {
      passing = false;
      reached.complete(null);
    }
  }

  /** Completes when the moment has come. */
  CompletableFuture<Void> reached() {
    return reached;
  }

  /** Lets datagrams pass again. */
  void goOn() {
    passing = true;
  }
}
