// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.thread.DaemonThreads;
import org.mooring.in.group.ApprovalHook;
import org.mooring.in.group.Groups;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks over HTTP: a POST of {@code {"group":…,"device":…}}, never with a key in it. Status 200
 * approves, 403 denies; with any other, or none within ten seconds, the device goes on waiting and
 * is asked about again when it comes again. No redirection is followed and no body read.
 *
 * <p>At most 16 questions are open, one for each device: a system that hangs holds up nothing else.
 */
public final class HttpApprovalHook implements ApprovalHook, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApprovalHook.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_OPEN = 16;
  private static final int APPROVED = 200;
  private static final int DENIED = 403;

  private final Transactions<Repositories> store;
  private final Groups groups;
  private final Set<GroupDevice> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(1, DaemonThreads.named("approval-hook"));
  private final HttpClient http =
      HttpClient.newBuilder()
          .executor(threads)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public HttpApprovalHook(Transactions<Repositories> store, Groups groups) {
    this.store = store;
    this.groups = groups;
  }

  @Override
  public void ask(URI hook, GroupDevice device) {
    synchronized (open) {
      if (open.size() >= MAX_OPEN || !open.add(device)) {
        return;
      }
    }
    threads.execute(() -> send(hook, device));
  }

  private void send(URI hook, GroupDevice device) {
    Attributes question =
        Attributes.builder()
            .put("group", device.group().value())
            .put("device", device.device().value())
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(hook)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofByteArray(
                    ContentCodec.writeAttributes(Serialization.JSON, question)))
            .build();
    var unused =
        http.sendAsync(request, BodyHandlers.discarding())
            .thenAccept(answer -> decide(device, answer))
            .whenComplete(
                (done, failure) -> {
                  open.remove(device);
                  if (failure != null) {
                    LOG.warn("the approval hook of group {} does not answer", device.group());
                  }
                });
  }

  private void decide(GroupDevice device, HttpResponse<Void> answer) {
    int status = answer.statusCode();
    if (status != APPROVED && status != DENIED) {
      return;
    }
    store
        .write(
            tx -> {
              groups.decideOnWaiting(tx, device, status == APPROVED, "hook");
              return true;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("an answer of the approval hook was not taken: {}", failure.toString());
              }
            });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
