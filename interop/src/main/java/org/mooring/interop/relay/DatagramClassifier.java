// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mooring.interop.relay.RelayedDatagram.Direction;
import org.mooring.interop.relay.RelayedDatagram.Kind;

/** Tells what datagrams are, from their record headers and what went before. For one thread. */
final class DatagramClassifier {
  private static final int EMPTY_COAP_MESSAGE = 4;

  private final Map<InetSocketAddress, Handshake> handshakesOf = new HashMap<>();

  private int handshakes;
  private int completed;
  private int exchanges;
  private boolean answered = true;

  /** A client's newest handshake. */
  private static final class Handshake {
    private final Set<Direction> finished = EnumSet.noneOf(Direction.class);
    private boolean underWay;
  }

  RelayedDatagram classify(InetSocketAddress client, Direction direction, ByteBuffer datagram) {
    Kind kind = kindOf(client, direction, RecordReader.read(datagram));
    return new RelayedDatagram(client, direction, kind, numberOf(kind), datagram.remaining());
  }

  /** Lets go of what is known of a client that has gone. */
  void forget(InetSocketAddress client) {
    handshakesOf.remove(client);
  }

  /** Handshakes in which both sides have sent their Finished. */
  int completedHandshakes() {
    return completed;
  }

  private Kind kindOf(
      InetSocketAddress client, Direction direction, List<RecordReader.Header> records) {
    if (records.isEmpty()) {
      return Kind.OTHER;
    }
    Handshake handshake = handshakesOf.computeIfAbsent(client, c -> new Handshake());
    if (records.get(0).isClientHello()) {
      begin(handshake);
      return Kind.CLIENT_HELLO;
    }
    boolean clear = records.get(0).epoch() == 0;
    boolean protectedToo = records.get(records.size() - 1).epoch() > 0;
    if (records.get(0).isAlert()) {
      return Kind.ALERT;
    }
    if (clear && !protectedToo) {
      return Kind.FLIGHT;
    }
    if (handshake.finished.add(direction) || clear) {
      complete(handshake);
      return Kind.FINISHED;
    }
    if (records.get(0).plaintext() == EMPTY_COAP_MESSAGE) {
      return Kind.ACKNOWLEDGEMENT;
    }
    return direction == Direction.TO_SERVER ? Kind.REQUEST : Kind.ANSWER;
  }

  /** The ClientHello comes twice, without and with its cookie, in one handshake. */
  private void begin(Handshake handshake) {
    if (!handshake.underWay) {
      handshakes++;
    }
    handshake.underWay = true;
    handshake.finished.clear();
  }

  private void complete(Handshake handshake) {
    if (handshake.underWay && handshake.finished.size() == Direction.values().length) {
      handshake.underWay = false;
      completed++;
    }
  }

  private int numberOf(Kind kind) {
    switch (kind) {
      case REQUEST -> {
        if (answered) {
          answered = false;
          exchanges++;
        }
        return exchanges;
      }
      case ANSWER -> {
        answered = true;
        return exchanges;
      }
      case CLIENT_HELLO, FLIGHT, FINISHED, ALERT, ACKNOWLEDGEMENT, OTHER -> {
        return handshakes;
      }
    }
    throw new IllegalArgumentException("kind of datagram: " + kind);
  }
}
