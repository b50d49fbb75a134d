// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.ub;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import org.eclipse.jetty.server.HttpConfiguration;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.in.http.QuietJavalin;

/** Ub over HTTP (TS 24.109 clause 4.3): {@code GET /} on every address. */
final class UbHttp implements AutoCloseable {
  private static final int MAX_HEADER_OCTETS = 4 * 1024;
  private static final String RETRY_AFTER_SECONDS = "10";

  private final UbReply.Source replies;
  private final Javalin http;

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free one
   * @throws RuntimeException if the port is taken
   */
  UbHttp(int port, UbReply.Source replies) {
    this.replies = replies;
    this.http = Javalin.create(this::configure);
    this.http.start(port);
  }

  int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }

  private void configure(JavalinConfig config) {
    QuietJavalin.configure(config, "ub-http");
    config.jetty.modifyHttpConfiguration(UbHttp::harden);
    config.routes.get("/", this::answer);
  }

  private static void harden(HttpConfiguration configuration) {
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_OCTETS);
  }

  private void answer(Context ctx) {
    String authorization = ctx.header("Authorization");
    ctx.future(
        () ->
            replies
                .to(authorization == null ? "" : authorization, ctx.ip())
                .toCompletableFuture()
                .thenAccept(reply -> send(ctx, reply)));
  }

  private static void send(Context ctx, UbReply reply) {
    ctx.status(reply.status()).header("Cache-Control", "no-store").result(reply.content());
    switch (reply.status()) {
      case UbReply.OK ->
          ctx.contentType(BootstrappingInfo.MEDIA_TYPE)
              .header("Authentication-Info", reply.field());
      case UbReply.UNAUTHORIZED -> ctx.header("WWW-Authenticate", reply.field());
      case UbReply.TRY_LATER ->
          ctx.contentType("text/plain").header("Retry-After", RETRY_AFTER_SECONDS);
      default -> ctx.contentType("text/plain");
    }
  }
}
