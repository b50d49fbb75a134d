// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a node's walk: its handshakes, the exchanges over each session, and their lengths.
 *
 * @param sessions in the order they are opened
 */
record WalkPlan(List<Session> sessions) {
  WalkPlan {
    sessions = List.copyOf(sessions);
  }

  /** A full handshake and what follows over its session. */
  record Session(List<Exchange> exchanges) {
    Session {
      exchanges = List.copyOf(exchanges);
    }
  }

  /**
   * A request with its answer.
   *
   * @param request octets of its CoAP message
   * @param answer octets of its CoAP message
   */
  record Exchange(int request, int answer) {}

  int handshakes() {
    return sessions.size();
  }

  List<Exchange> exchanges() {
    return sessions.stream().flatMap(session -> session.exchanges().stream()).toList();
  }

  /** As {@code 90:70,80:60;75:50}: sessions, of exchanges, of the request's and answer's octets. */
  static WalkPlan parse(String text) {
    return new WalkPlan(Arrays.stream(text.split(";")).map(WalkPlan::session).toList());
  }

  private static Session session(String text) {
    return new Session(
        Arrays.stream(text.split(","))
            .map(pair -> pair.split(":"))
            .map(pair -> new Exchange(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
            .toList());
  }

  @Override
  public String toString() {
    return sessions.stream()
        .map(
            session ->
                session.exchanges().stream()
                    .map(exchange -> exchange.request() + ":" + exchange.answer())
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining(";"));
  }
}
