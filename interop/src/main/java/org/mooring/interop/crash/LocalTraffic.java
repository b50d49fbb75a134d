// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.RawCoap;
import org.mooring.interop.process.AsnNode;

/** A local application of one node's process: registers there and publishes until it is gone. */
final class LocalTraffic implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final AsnNode node;
  private final Enrolled owner;
  private final Publisher publisher;
  private final Answers answers;
  private final Consumer<String> onRegistered;
  private final OneM2mMessages anonymous;
  private final Thread thread;
  private volatile @Nullable LocalApplication socket;
  private volatile boolean closed;

  private LocalTraffic(
      AsnNode node,
      Enrolled owner,
      int run,
      Publisher publisher,
      Answers answers,
      Consumer<String> onRegistered) {
    this.node = node;
    this.owner = owner;
    this.publisher = publisher;
    this.answers = answers;
    this.onRegistered = onRegistered;
    this.anonymous = new OneM2mMessages("C", owner.cseId().stem() + "-" + run);
    this.thread = new Thread(this::live, "application of " + owner.cseId());
    thread.setDaemon(true);
  }

  /**
   * Starts the application.
   *
   * @param run tells this run's Request Identifiers from those of earlier ones
   * @param onRegistered told the AE-ID once the node acknowledged it
   */
  static LocalTraffic start(
      AsnNode node,
      Enrolled owner,
      int run,
      Publisher publisher,
      Answers answers,
      Consumer<String> onRegistered) {
    LocalTraffic traffic = new LocalTraffic(node, owner, run, publisher, answers, onRegistered);
    traffic.thread.start();
    return traffic;
  }

  private void live() {
    try (LocalApplication application = open()) {
      OneM2mMessages messages = anonymous.as(register(application));
      while (!closed) {
        publish(application, messages);
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException | UncheckedIOException | PeerFailedException e) {
      // The node was killed in the middle of something: that is what it is for.
    }
  }

  private LocalApplication open() {
    LocalApplication application = new LocalApplication(node.awaitMcaPort());
    socket = application;
    return application;
  }

  /** The node takes applications once it knows its own CSE-ID. */
  private String register(LocalApplication application) throws InterruptedException {
    while (true) {
      try {
        String aeId =
            application
                .succeed(
                    anonymous.create(
                        "-", 2, "{\"m2m:ae\":{\"api\":\"Ncrash\",\"rr\":false,\"srv\":[\"3\"]}}"),
                    "m2m:ae")
                .text("aei")
                .orElseThrow();
        onRegistered.accept(aeId);
        return aeId;
      } catch (PeerFailedException e) {
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private void publish(LocalApplication application, OneM2mMessages messages) {
    Publisher.Step step = publisher.next();
    String remote = "~/id-in/-" + owner.cseId();
    String container = remote + "/" + Publisher.CONTAINER;
    String name = publisher.name();
    RawCoap request =
        switch (step) {
          case MAKE_CONTAINER ->
              messages.create(
                  remote, 3, "{\"m2m:cnt\":{\"rn\":\"%s\"}}".formatted(Publisher.CONTAINER));
          case LOOK_AT_CONTAINER -> messages.retrieve(container);
          case PUBLISH ->
              messages.create(
                  container,
                  4,
                  "{\"m2m:cin\":{\"rn\":\"%s\",\"con\":\"%s\"}}".formatted(name, name));
        };
    long sent = System.nanoTime();
    RawCoap answer = application.exchange(request);
    int rsc = OneM2mMessages.statusOf(answer).orElse(0);
    ResponseStatusCode status =
        ResponseStatusCode.of(rsc).orElse(ResponseStatusCode.INTERNAL_SERVER_ERROR);
    String root = step == Publisher.Step.PUBLISH ? "m2m:cin" : "m2m:cnt";
    if (!closed && publisher.answered(step, status, content(answer, root))) {
      answers.answered(sent);
    }
  }

  private static Attributes content(RawCoap answer, String root) {
    try {
      return ContentCodec.readAttributes(Serialization.JSON, answer.payload())
          .members(root)
          .orElse(Attributes.NONE);
    } catch (RefusedException e) {
      return Attributes.NONE;
    }
  }

  /** Stops, and waits until nothing is entered any more. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    LocalApplication waiting = socket;
    if (waiting != null) {
      waiting.close(); // a thread that waits for a datagram does not hear an interrupt
    }
    try {
      thread.join(Duration.ofSeconds(20).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
