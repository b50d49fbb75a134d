// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.UbAddress;
import org.mooring.common.dtls.TrafficMeter;

/** The node's end of Ub (TS 24.109 clause 4.3), whatever carries it. */
public interface Ub extends AutoCloseable {
  /**
   * An answer of the BSF.
   *
   * @param status as HTTP has it
   * @param field the value of the header field for authentication, empty where there is none
   * @param document the content of a 200
   */
  record Reply(int status, String field, byte[] document) {}

  /**
   * Sends one request. Never waits; the stage fails where no answer came.
   *
   * @param authorization the value of {@code Authorization}
   */
  CompletionStage<Reply> ask(String authorization);

  /** What passed the socket so far; nothing over HTTP, whose sockets are Java's. */
  TrafficMeter.Reading traffic();

  @Override
  void close();

  /**
   * Opens the end that an address asks for. It asks the resolver, so network threads stay away.
   *
   * @throws IllegalStateException if the name does not resolve
   */
  static Ub open(UbAddress address) {
    return address.isHttp() ? new UbOverHttp(address) : UbOverCoap.open(address);
  }
}
