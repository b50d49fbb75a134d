// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.bsf.HandOver;
import org.mooring.in.http.QuietJavalin;

/**
 * The port on which the BSF offers Nbsp_GBA (TS 29.309) to functions of others, with HTTP/2 (its
 * clause 6.1.2.1) and HTTP/1.1. Over TLS on every address, where a certificate says who asks;
 * without it on loopback, where everybody may ask for what any agreement names.
 */
public final class ZnPort implements AutoCloseable {
  private static final int MAX_HEADER_OCTETS = 8 * 1024;
  private static final int MAX_OCTETS = 4 * 1024;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int INTERNAL_ERROR = 500;
  private static final String LOOPBACK = "loopback";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final Optional<TlsIdentity> tls;
  private final List<Agreement> agreements;
  private final HandOver handOver;
  private final Javalin http;

  private ZnPort(
      int port, Optional<TlsIdentity> tls, List<Agreement> agreements, HandOver handOver) {
    this.tls = tls;
    this.agreements = List.copyOf(agreements);
    this.handOver = handOver;
    this.http = Javalin.create(config -> configure(config, port));
    this.http.start();
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free one
   * @param tls none: on loopback alone
   * @throws RuntimeException if the port is taken
   */
  public static ZnPort start(
      int port, Optional<TlsIdentity> tls, List<Agreement> agreements, HandOver handOver) {
    return new ZnPort(port, tls, agreements, handOver);
  }

  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }

  private void configure(JavalinConfig config, int port) {
    QuietJavalin.configure(config, "zn-http");
    config.jetty.addConnector((server, unused) -> connector(server, port));
    config.routes.post(NbspGba.PATH, this::answer);
    config.routes.exception(
        Exception.class,
        (e, ctx) -> problem(ctx, INTERNAL_ERROR, "SYSTEM_FAILURE", "try again later"));
  }

  private Connector connector(Server server, int port) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_OCTETS);
    ServerConnector connector =
        tls.map(own -> secure(server, configuration, own))
            .orElseGet(
                () ->
                    new ServerConnector(
                        server,
                        new HttpConnectionFactory(configuration),
                        new HTTP2CServerConnectionFactory(configuration)));
    if (tls.isEmpty()) {
      connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    }
    connector.setPort(port);
    return connector;
  }

  private static ServerConnector secure(
      Server server, HttpConfiguration configuration, TlsIdentity own) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(own.context());
    ssl.setNeedClientAuth(true);
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Whoever asks knows the host by its certificate; what it calls it does not matter here.
    configuration.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ServerConnector(
        server,
        new SslConnectionFactory(ssl, alpn.getProtocol()),
        alpn,
        new HTTP2ServerConnectionFactory(configuration),
        http1);
  }

  private void answer(Context ctx) {
    if (!NbspGba.JSON.equalsIgnoreCase(mediaType(ctx))) {
      problem(ctx, UNSUPPORTED_MEDIA_TYPE, "", "send " + NbspGba.JSON);
      return;
    }
    if (isRevoked(ctx)) {
      problem(ctx, FORBIDDEN, "", "your certificate is revoked");
      return;
    }
    Optional<Asker> asker = asker(ctx);
    if (asker.isEmpty()) {
      problem(ctx, FORBIDDEN, "", "no agreement names your certificate");
      return;
    }
    try {
      NbspGba.Request request = NbspGba.Request.ofJson(body(ctx));
      ctx.future(
          () ->
              handOver
                  .handle(
                      asker.get().name(), asker.get().nafs(), request.transaction(), request.naf())
                  .toCompletableFuture()
                  .thenAccept(answer -> send(ctx, answer)));
    } catch (NbspGba.MalformedException e) {
      problem(ctx, BAD_REQUEST, e.problemCause(), String.valueOf(e.getMessage()));
    }
  }

  private static String mediaType(Context ctx) {
    String type = ctx.contentType();
    return type == null ? "" : type.split(";", 2)[0].strip();
  }

  private static byte[] body(Context ctx) {
    try (InputStream stream = ctx.bodyInputStream()) {
      return stream.readNBytes(MAX_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException("the request can not be read", e);
    }
  }

  /** Who asks, and for which functions it may. */
  private record Asker(String name, Set<Fqdn> nafs) {}

  private Optional<Asker> asker(Context ctx) {
    if (tls.isEmpty()) {
      return Optional.of(new Asker(LOOPBACK, nafs(agreements.stream())));
    }
    if (!(ctx.req().getAttribute(CERTIFICATES) instanceof X509Certificate[] chain)) {
      return Optional.empty();
    }
    List<Agreement> own =
        agreements.stream()
            .filter(agreement -> CertificateName.isIn(chain[0], agreement.peer()))
            .toList();
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(new Asker(own.get(0).peer().value(), nafs(own.stream())));
  }

  /** A connection may stand for longer than the certificate that opened it is good. */
  private boolean isRevoked(Context ctx) {
    return ctx.req().getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
        && tls.filter(own -> own.isRevoked(chain[0])).isPresent();
  }

  private static Set<Fqdn> nafs(Stream<Agreement> agreements) {
    return agreements.flatMap(one -> one.nafs().stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static void send(Context ctx, HandOver.Answer answer) {
    if (answer instanceof HandOver.Answer.Given given) {
      ctx.status(OK)
          .contentType(NbspGba.JSON)
          .header("Cache-Control", "no-store")
          .result(NbspGba.response(given.key()));
      given.key().key().destroy();
    } else if (answer instanceof HandOver.Answer.NotAgreed) {
      problem(ctx, FORBIDDEN, "", "no agreement names this function");
    } else {
      problem(ctx, NOT_FOUND, "", "no such B-TID");
    }
  }

  private static void problem(Context ctx, int status, String cause, String detail) {
    ctx.status(status)
        .contentType(NbspGba.PROBLEM)
        .header("Cache-Control", "no-store")
        .result(NbspGba.problem(status, cause, detail));
  }
}
