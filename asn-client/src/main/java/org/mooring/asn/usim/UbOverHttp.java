// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.UbAddress;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.gba.UbContent;

/**
 * Ub over HTTP, with the client of {@code java.base}: the other one is a module that a small
 * runtime does without. It waits, so each request has a thread while it lasts.
 */
final class UbOverHttp implements Ub {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MAX_OCTETS = 4096;

  private final URI uri;

  UbOverHttp(UbAddress address) {
    this.uri = URI.create(address + UbContent.URI);
  }

  @Override
  public CompletionStage<Reply> ask(String authorization) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                reply.complete(exchange(authorization));
              } catch (IOException e) {
                reply.completeExceptionally(
                    new NoAnswerException("no answer over HTTP: " + e.getMessage()));
              }
            },
            "ub-http");
    thread.setDaemon(true);
    thread.start();
    return reply;
  }

  private Reply exchange(String authorization) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Authorization", authorization);
    try {
      int status = connection.getResponseCode();
      return new Reply(status, field(connection, status), content(connection, status));
    } finally {
      connection.disconnect();
    }
  }

  private static String field(HttpURLConnection connection, int status) {
    @Nullable String value =
        connection.getHeaderField(
            status == HttpURLConnection.HTTP_UNAUTHORIZED
                ? "WWW-Authenticate"
                : "Authentication-Info");
    return value == null ? "" : value;
  }

  private static byte[] content(HttpURLConnection connection, int status) throws IOException {
    if (status != HttpURLConnection.HTTP_OK) {
      return new byte[0];
    }
    try (InputStream stream = connection.getInputStream()) {
      return stream.readNBytes(MAX_OCTETS);
    }
  }

  @Override
  public TrafficMeter.Reading traffic() {
    return TrafficMeter.Reading.ZERO;
  }

  @Override
  public void close() {}
}
