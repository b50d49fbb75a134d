// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** The MEF's side of TS-0003 clause 8.3.9 with the commands that a test gives it. */
public final class ScriptedMef implements Sender {
  public static final Duration RETRY = Duration.ofHours(6);

  private final List<CommandDescription> queue = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final List<CommandStatus> outcomes = new ArrayList<>();
  private Predicate<RequestPrimitive> losesAnswer = request -> false;
  private int next;
  private int deliveries;

  /** Puts a command at the end; its cmdID is its number from 1. */
  public synchronized void add(CommandArguments arguments) {
    add(CommandDescription.of(arguments, "/asn-1"));
  }

  public synchronized void add(CommandDescription description) {
    queue.add(description);
  }

  /** Issues the command reported on last once more, as a MEF does that lost its memory. */
  public synchronized void forgetLastReport() {
    next--;
    deliveries = 0;
  }

  public synchronized boolean hasMore() {
    return next < queue.size();
  }

  /** Loses the answers to requests, or lets them pass again. */
  public synchronized void losesAnswers(Predicate<RequestPrimitive> which) {
    losesAnswer = which;
  }

  /** What was asked and told, such as {@code RETRIEVE}, {@code ISSUED 1} and {@code 1 OK}. */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /** The statuses it recorded, in the order of the queue. */
  public synchronized List<CommandStatus> outcomes() {
    return List.copyOf(outcomes);
  }

  @Override
  public synchronized CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    ResponsePrimitive answer = answer(request);
    return losesAnswer.test(request)
        ? CompletableFuture.failedFuture(new NoAnswerException("lost"))
        : CompletableFuture.completedFuture(answer);
  }

  public synchronized ResponsePrimitive answer(RequestPrimitive request) {
    if (request.operation() == Operation.RETRIEVE) {
      log.add("RETRIEVE");
      return answer(ResponseStatusCode.OK, request);
    }
    Attributes report = request.content().orElseThrow().attributes();
    String id = report.text("cid").orElseThrow();
    CommandStatus status = CommandStatus.of(report.whole("csc").orElseThrow()).orElseThrow();
    log.add(id + " " + status);
    if (hasMore() && deliveries > 0 && id.equals(Integer.toString(next + 1))) {
      outcomes.add(status);
      next++;
      deliveries = 0;
    }
    return answer(ResponseStatusCode.UPDATED, request);
  }

  private ResponsePrimitive answer(ResponseStatusCode status, RequestPrimitive request) {
    return ResponsePrimitive.of(
        status, request.requestId(), Representation.of("sec:mefcc", current().toAttributes()));
  }

  private ClientCommand current() {
    if (!hasMore()) {
      return new ClientCommand(
          "none",
          CommandDescription.of(new CommandArguments.NoMore(RETRY), "/asn-1"),
          CommandStatus.ISSUED);
    }
    CommandStatus told = deliveries++ == 0 ? CommandStatus.ISSUED : CommandStatus.REISSUED;
    String id = Integer.toString(next + 1);
    log.add(told + " " + id);
    return new ClientCommand(id, queue.get(next), told);
  }
}
