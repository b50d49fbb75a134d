// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.ub;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.mooring.common.dtls.PlainMessage;
import org.mooring.common.dtls.PlainResource;
import org.mooring.common.gba.UbContent;
import org.mooring.in.bsf.Bootstrapping;

/**
 * The port of Ub on every address, over TCP for HTTP and over UDP for CoAP ({@link UbContent}),
 * both under one number.
 */
public final class UbPort implements AutoCloseable {
  /** Where any free port will do, the number has to be free for both. */
  private static final int TRIES = 10;

  private static final int CHANGED = 204;

  private final UbHttp http;
  private final PlainResource coap;

  private UbPort(UbHttp http, PlainResource coap) {
    this.http = http;
    this.coap = coap;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free one
   * @param hasTime whether there is time for newcomers
   * @throws RuntimeException if the port is taken
   */
  public static UbPort start(int port, Bootstrapping bootstrapping, BooleanSupplier hasTime) {
    UbReply.Source replies = new UbReply.Source(bootstrapping, hasTime);
    for (int tries = 1; ; tries++) {
      UbHttp http = new UbHttp(port, replies);
      try {
        InetSocketAddress address = new InetSocketAddress(http.port());
        PlainResource coap =
            PlainResource.start(
                address, UbContent.PATH, (payload, peer) -> overCoap(replies, payload, peer));
        return new UbPort(http, coap);
      } catch (UncheckedIOException e) {
        http.close();
        if (port != 0 || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    coap.close();
    http.close();
  }

  private static CompletionStage<PlainMessage> overCoap(
      UbReply.Source replies, byte[] payload, InetSocketAddress peer) {
    return replies
        .to(UbContent.read(payload).field(), peer.getAddress().getHostAddress())
        .thenApply(UbPort::message);
  }

  private static PlainMessage message(UbReply reply) {
    return switch (reply.status()) {
      case UbReply.OK ->
          new PlainMessage(CHANGED, new UbContent(reply.field(), reply.content()).payload());
      case UbReply.UNAUTHORIZED ->
          new PlainMessage(reply.status(), UbContent.of(reply.field()).payload());
      default -> new PlainMessage(reply.status(), reply.content());
    };
  }
}
