// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Failures;
import org.mooring.in.http.QuietJavalin;

/**
 * The admin HTTP API, on the loopback address and for holders of the token alone, public keys
 * aside: JSON in and out, errors as {@code {"error":"FIELD: remedy"}}, those of an import with the
 * {@code entry} at fault.
 */
public final class AdminApi implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  static final int MAX_BODY = 64 * 1024;
  static final int MAX_IMPORT_BODY = 16 * 1024 * 1024;

  /** All or none is one transaction, and every other write waits for it: a second or two. */
  public static final int MAX_IMPORT_ENROLEES = 10_000;

  private static final int MAX_AUDIT_ENTRIES = 10_000;
  private static final int DEFAULT_AUDIT_ENTRIES = 100;

  private final ServerAdmin server;
  private final BearerToken token;
  private final Javalin http;

  private AdminApi(
      AdminSettings settings,
      ServerAdmin server,
      BearerToken token,
      Consumer<RoutesConfig> routes) {
    this.server = server;
    this.token = token;
    this.http =
        Javalin.create(
            config -> {
              configure(config);
              routes.accept(config.routes);
            });
    this.http.start(LOOPBACK, settings.port());
  }

  /**
   * Starts to listen, with all that can be asked of the provider's functions.
   *
   * @throws UncheckedIOException if the token's file can not be read or written
   * @throws RuntimeException if the port is taken
   */
  public static AdminApi start(AdminSettings settings, AdminService service) {
    return start(settings, service, routes -> addRoutes(routes, service));
  }

  /**
   * The same for a server that has none of them.
   *
   * @throws UncheckedIOException if the token's file can not be read or written
   * @throws RuntimeException if the port is taken
   */
  public static AdminApi startOfCse(AdminSettings settings, ServerAdmin server) {
    return start(settings, server, routes -> {});
  }

  private static AdminApi start(
      AdminSettings settings, ServerAdmin server, Consumer<RoutesConfig> routes) {
    try {
      return new AdminApi(settings, server, BearerToken.in(settings.tokenFile()), routes);
    } catch (IOException e) {
      throw new UncheckedIOException(settings.tokenFile() + ": can not be read or written", e);
    }
  }

  private static void addRoutes(RoutesConfig routes, AdminService service) {
    new EnroleeRoutes(service).addTo(routes);
    new GroupRoutes(service.groups()).addTo(routes);
    new CredentialRoutes(service.credentials()).addTo(routes);
    new AppRoutes(service.apps()).addTo(routes);
    new SubscriptionRoutes(service.serviceSubscriptions()).addTo(routes);
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  @Override
  public void close() {
    http.stop();
  }

  private void configure(JavalinConfig config) {
    QuietJavalin.configure(config, "admin-http");
    config.jetty.modifyHttpConfiguration(AdminApi::hardenAndAllowSlashes);
    config.routes.before(this::requireToken);
    config.routes.get("/v1/status", ctx -> answer(ctx, 200, server::status));
    config.routes.post("/v1/audit:verify", ctx -> answer(ctx, 200, server::verifyAudit));
    config.routes.get("/v1/audit", this::audit);
    config.routes.exception(
        HttpResponseException.class,
        (e, ctx) -> answerError(ctx, new AdminException(e.getStatus(), "request", httpRemedy(e))));
    config.routes.exception(Exception.class, (e, ctx) -> answerError(ctx, e));
  }

  /** Identities of keys may hold a slash (a B-TID's base64), sent as %2F. */
  private static void hardenAndAllowSlashes(HttpConfiguration configuration) {
    configuration.setSendServerVersion(false);
    configuration.setUriCompliance(
        UriCompliance.from(EnumSet.of(UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR)));
  }

  private static String httpRemedy(HttpResponseException e) {
    return e.getStatus() == 404
        ? "use a path and method of the admin API"
        : "send a request that the admin API takes";
  }

  private void requireToken(Context ctx) {
    if (ctx.path().equals(AppRoutes.JWKS)) {
      return;
    }
    String shown = ctx.header("Authorization");
    if (shown == null || !token.isShownBy(shown)) {
      ctx.header("WWW-Authenticate", "Bearer");
      throw new AdminException(401, "Authorization", "send the token of admin.token as Bearer");
    }
  }

  private void audit(Context ctx) {
    int limit = limit(ctx);
    answerList(ctx, 200, "entries", () -> server.audit(limit));
  }

  private static int limit(Context ctx) {
    String text = ctx.queryParam("limit");
    if (text == null) {
      return DEFAULT_AUDIT_ENTRIES;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_AUDIT_ENTRIES) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Refused below like a number out of range.
    }
    throw AdminException.malformed("limit", "give a number from 1 to " + MAX_AUDIT_ENTRIES);
  }

  static KeyIdentifier identifier(Context ctx, String name) {
    try {
      return KeyIdentifier.parse(ctx.pathParam(name));
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(name, "write 'name@issuer-fqdn' in the path");
    }
  }

  /** The reason for a revocation, the body's only member; empty where there is no body. */
  static String reason(Context ctx) {
    Attributes body = body(ctx, MAX_BODY);
    if (body.isEmpty()) {
      return "";
    }
    if (!body.names().equals(Set.of("reason"))) {
      throw AdminException.malformed("reason", "send this member alone");
    }
    return reasonIn(body);
  }

  /** The reason among other members; empty where it is left out. */
  static String reasonIn(Attributes body) {
    if (!body.has("reason")) {
      return "";
    }
    return body.text("reason")
        .filter(text -> text.length() <= 200)
        .orElseThrow(() -> AdminException.malformed("reason", "give up to 200 characters"));
  }

  static Attributes body(Context ctx, int limit) {
    byte[] bytes;
    try {
      bytes = ctx.bodyInputStream().readNBytes(limit + 1);
    } catch (IOException e) {
      throw AdminException.malformed("body", "send it whole");
    }
    if (bytes.length > limit) {
      throw new AdminException(413, "body", "keep it to " + limit + " octets");
    }
    return bytes.length == 0
        ? Attributes.NONE
        : ContentCodec.readAttributes(Serialization.JSON, bytes);
  }

  static void answer(Context ctx, int status, Supplier<CompletionStage<Attributes>> work) {
    ctx.future(
        () ->
            work.get()
                .toCompletableFuture()
                .handle(
                    (document, failure) -> {
                      if (failure == null) {
                        send(ctx, status, document);
                      } else {
                        answerError(ctx, failure);
                      }
                      return document;
                    }));
  }

  static void answerList(
      Context ctx, int status, String name, Supplier<CompletionStage<List<Attributes>>> work) {
    answer(
        ctx,
        status,
        () ->
            work.get()
                .thenApply(
                    documents ->
                        Attributes.builder()
                            .put(
                                name,
                                new AttributeValue.Items(
                                    documents.stream()
                                        .<AttributeValue>map(AttributeValue.Members::new)
                                        .toList()))
                            .build()));
  }

  private static void answerError(Context ctx, Throwable failure) {
    AdminError error = AdminError.of(Failures.causeOf(failure));
    send(ctx, error.status(), error.document());
  }

  private static void send(Context ctx, int status, Attributes document) {
    ctx.status(status)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(ContentCodec.writeAttributes(Serialization.JSON, document));
  }
}
