// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.ZnSettings;
import org.mooring.in.zn.ApiRoot;

/**
 * An operator's BSF, written from TS 29.309 alone on the JDK's HTTP server: it answers about the
 * transactions that the test made, as the test wants it.
 */
public final class FakeOperator implements AutoCloseable {
  public static final Fqdn NAME = new Fqdn("bsf.operator.example");

  private static final String PATH = "/nbsp-gba/v1/bootstrapping-info-retrieval";

  private final HttpServer http;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private FakeOperator(HttpServer http, String scheme) {
    this.http = http;
    this.scheme = scheme;
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  /** What came in. */
  public record Request(String method, String path, Map<String, List<String>> head, String body) {}

  /**
   * What goes out.
   *
   * @param status 0 for no answer at all
   */
  public record Reply(int status, String type, String body) {
    public static final Reply SILENCE = new Reply(0, "", "");

    public static Reply json(String body) {
      return new Reply(200, "application/json", body);
    }

    public static Reply problem(int status, String cause) {
      return new Reply(status, "application/problem+json", "{\"cause\":\"%s\"}".formatted(cause));
    }
  }

  /** Without TLS. */
  public static FakeOperator started() {
    try {
      return new FakeOperator(HttpServer.create(anyPort(), 0), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With TLS, which asks for a certificate. */
  public static FakeOperator secure(SSLContext context) {
    try {
      HttpsServer https = HttpsServer.create(anyPort(), 0);
      https.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters wanted) {
              SSLParameters parameters = context.getDefaultSSLParameters();
              parameters.setNeedClientAuth(true);
              wanted.setSSLParameters(parameters);
            }
          });
      return new FakeOperator(https, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public ApiRoot root() {
    return ApiRoot.parse(scheme + "://localhost:" + http.getAddress().getPort());
  }

  /** What a server that asks it is told, without TLS. */
  public ZnSettings asked() {
    return new ZnSettings(
        Optional.empty(), Optional.of(new ZnSettings.Operator(NAME, root())), Optional.empty());
  }

  /** What a node and the operator have after bootstrapping. */
  public record Bootstrapped(TransactionId transaction, SecretKeyBytes sessionKey, Impi impi) {
    /** What the node shows and proves to a function. */
    public PskCredential toward(Fqdn function) {
      return new PskCredential(transaction.identifier(), nafKey(function));
    }

    /** Ks_NAF of a function. */
    public SecretKeyBytes nafKey(Fqdn function) {
      return new NafId(function).key(sessionKey, transaction.rand(), impi);
    }

    /** An answer with a function's key and these further members. */
    public Reply keyOf(Fqdn function, String more) {
      return Reply.json(
          "{\"meKeyMaterial\":\"%s\"%s}"
              .formatted(HexFormat.of().formatHex(nafKey(function).toByteArray()), more));
    }

    /** An answer as the operator gives it. */
    public Reply keyOf(Fqdn function) {
      return keyOf(
          function,
          ",\"keyExpiryTime\":\"2999-01-01T00:00:00Z\",\"gbaType\":\"3G_GBA\",\"impi\":\"%s\""
              .formatted(impi));
    }
  }

  /** Has a USIM bootstrap; of no function anything is told yet. */
  public Bootstrapped bootstrapped(Impi impi) {
    return new Bootstrapped(new TransactionId(Rand.random(), NAME), SecretKeyBytes.random(), impi);
  }

  /** Answers so from now on, when a function asks about a transaction. */
  public void answers(TransactionId transaction, Fqdn function, Reply reply) {
    replies.put(key(transaction.toString(), function.value()), reply);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private static String key(String transaction, String function) {
    return transaction + " " + function;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Reply reply =
        replies.entrySet().stream()
            .filter(entry -> isAbout(body, entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Reply.problem(404, "UNKNOWN"));
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      reply = Reply.problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND");
    }
    if (reply.status() == 0) {
      awaitClose();
      exchange.close();
      return;
    }
    byte[] content = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", reply.type());
    exchange.getResponseHeaders().add("Location", root() + "/elsewhere");
    exchange.sendResponseHeaders(reply.status(), content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }

  private static boolean isAbout(String body, String key) {
    String[] parts = key.split(" ", 2);
    return body.contains("\"btId\":\"" + parts[0] + "\"")
        && body.contains("\"nafFqdn\":\"" + parts[1] + "\"");
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
