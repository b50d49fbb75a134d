// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.bench.MooringServer;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;
import org.mooring.interop.relay.RelayedDatagram;

/** Reads the plan of a walk off the datagrams of one node that walks it over a perfect network. */
final class WalkRecorder implements Interceptor {
  /**
   * What DTLS adds to a CoAP message for the server: header, connection id of 6 octets, explicit
   * nonce, inner content type and authentication tag (RFC 9146, RFC 6655).
   */
  private static final int RECORD_TO_SERVER = 13 + 6 + 8 + 1 + 8;

  /** The same toward a client, which has no connection id. */
  private static final int RECORD_TO_CLIENT = 13 + 8 + 8;

  private final List<List<WalkPlan.Exchange>> sessions = new ArrayList<>();
  private boolean shakingHands;
  private int request;

  private WalkRecorder() {}

  /** The plan of a path, from one node that walks it. */
  static WalkPlan record(MooringServer server, EnrolmentPath path) throws InterruptedException {
    WalkRecorder recorder = new WalkRecorder();
    try (DatagramRelay relay = DatagramRelay.open(server.address(), recorder)) {
      var unused =
          server.enrol(
              path, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
      return recorder.plan();
    }
  }

  @Override
  public synchronized CompletionStage<Fate> fateOf(RelayedDatagram datagram) {
    switch (datagram.kind()) {
      case CLIENT_HELLO -> {
        if (!shakingHands) {
          sessions.add(new ArrayList<>());
        }
        shakingHands = true;
      }
      case FINISHED -> shakingHands = false;
      case REQUEST -> request = datagram.octets() - RECORD_TO_SERVER;
      case ANSWER ->
          sessions
              .get(sessions.size() - 1)
              .add(new WalkPlan.Exchange(request, datagram.octets() - RECORD_TO_CLIENT));
      case FLIGHT, ALERT, OTHER -> {}
      case ACKNOWLEDGEMENT ->
          throw new IllegalStateException("an answer was not piggybacked: the plan has no such");
    }
    return PASS;
  }

  private synchronized WalkPlan plan() {
    return new WalkPlan(sessions.stream().map(WalkPlan.Session::new).toList());
  }
}
