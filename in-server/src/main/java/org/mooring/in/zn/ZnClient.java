// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.primitive.Failures;
import org.mooring.in.bsf.NafKey;
import org.mooring.in.bsf.Zn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an operator's BSF by Nbsp_GBA (TS 29.309 clause 5.2.2.2), with HTTP/2 where the BSF has it.
 * No redirection is followed, for another host has no agreement. An answer that does not come in
 * time is let go of: the handshake that waits for it ends after 3 s.
 */
public final class ZnClient implements Zn, AutoCloseable {
  static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final Logger LOG = LoggerFactory.getLogger(ZnClient.class);
  private static final int MAX_OCTETS = 16 * 1024;
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final URI resource;
  private final HttpClient http;
  private final ExecutorService threads;
  private final AtomicBoolean isAway = new AtomicBoolean();

  private ZnClient(URI resource, HttpClient http, ExecutorService threads) {
    this.resource = resource;
    this.http = http;
    this.threads = threads;
  }

  /** A client of a BSF, on threads of its own. */
  public static ZnClient of(ApiRoot root, Optional<TlsIdentity> tls) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "zn-client");
              thread.setDaemon(true);
              return thread;
            });
    HttpClient.Builder http =
        HttpClient.newBuilder()
            .executor(threads)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER);
    tls.ifPresent(own -> http.sslContext(own.context()));
    return new ZnClient(URI.create(root + NbspGba.PATH), http.build(), threads);
  }

  @Override
  public CompletionStage<NafKey> ask(TransactionId transaction, NafId naf) {
    HttpRequest request =
        HttpRequest.newBuilder(resource)
            .timeout(PATIENCE)
            // TS 29.500 clause 5.2.2.2: the type of the function that asks, and what it likes
            .header("User-Agent", "AF-" + naf.fqdn())
            .header("Content-Type", NbspGba.JSON)
            .header("Accept", NbspGba.JSON + ", " + NbspGba.PROBLEM)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    new NbspGba.Request(transaction, naf).toJson()))
            .build();
    // The resolver waits, so that it is asked on a thread of ours; the answer has its time from now
    CompletableFuture<NafKey> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> send(request, naf, answer));
    } catch (RejectedExecutionException e) {
      answer.cancel(false);
    }
    return answer
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(this::reason);
  }

  private void send(HttpRequest request, NafId naf, CompletableFuture<NafKey> answer) {
    if (answer.isDone()) {
      return;
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, head -> new BoundedBody(MAX_OCTETS));
    var unused =
        exchange.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
                return;
              }
              isAway.set(false);
              try {
                NafKey given = read(response, naf);
                if (!answer.complete(given)) {
                  given.key().destroy();
                }
              } catch (Unusable e) {
                answer.completeExceptionally(e);
              }
            });
    var alsoUnused = answer.whenComplete((given, failure) -> exchange.cancel(true));
  }

  private static NafKey read(HttpResponse<byte[]> response, NafId naf) throws Unusable {
    try {
      return switch (response.statusCode()) {
        case OK -> NbspGba.readResponse(response.body());
        case NOT_FOUND -> throw new Unusable("the BSF does not know the B-TID" + cause(response));
        case FORBIDDEN ->
            throw new Unusable("the BSF gives no key of " + naf.fqdn() + cause(response));
        default -> throw new Unusable("the BSF answers " + response.statusCode() + cause(response));
      };
    } catch (NbspGba.MalformedException e) {
      throw new Unusable("the BSF's answer, " + e.getMessage());
    } finally {
      Arrays.fill(response.body(), (byte) 0);
    }
  }

  private static String cause(HttpResponse<byte[]> response) {
    return NbspGba.cause(response.body()).map(cause -> " (" + cause + ")").orElse("");
  }

  /** Anyone can have it asked while it is away: the log tells that once. */
  private CompletionStage<NafKey> reason(Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    if (cause instanceof Unusable) {
      return CompletableFuture.failedStage(cause);
    }
    if (!(cause instanceof CancellationException) && isAway.compareAndSet(false, true)) {
      LOG.warn("the operator's BSF gives no answer: {}", cause.toString());
    }
    return CompletableFuture.failedStage(new Unusable("the BSF gives no answer"));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
