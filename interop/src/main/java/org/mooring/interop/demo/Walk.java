// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.peer.LocalApplication;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.process.AsnNode;

/** The steps: the node's own as it tells them, then those of an application on its host. */
final class Walk {
  private static final Duration REGISTRATION = Duration.ofSeconds(60);
  private static final String VALUE = "21.5";
  private static final String APPLICATION =
      "{\"m2m:ae\":{\"api\":\"Norg.mooring.demo\",\"rr\":false,\"srv\":[\"3\"]}}";
  private static final int AE = 2;
  private static final int CONTAINER = 3;
  private static final int CONTENT_INSTANCE = 4;

  private final AsnNode node;
  private final Method method;
  private final EnrolmentPath path;
  private final Hops hops;
  private final DemoOutput output;
  private final List<StepReport> steps = new ArrayList<>();

  Walk(AsnNode node, Method method, EnrolmentPath path, Hops hops, DemoOutput output) {
    this.node = node;
    this.method = method;
    this.path = path;
    this.hops = hops;
    this.output = output;
  }

  WalkResult run() {
    for (String step : method.steps(path)) {
      done(StepReport.of(step, node.await(REGISTRATION, step, line -> isStep(line, step))));
    }
    Attributes registered = node.awaitRegistered(REGISTRATION);
    String cseId = registered.text("cseId").orElseThrow();
    try (LocalApplication application = new LocalApplication(node.awaitMcaPort())) {
      OneM2mMessages messages = new OneM2mMessages("", UUID.randomUUID().toString());
      List<String> aeIds = new ArrayList<>();
      for (String stem : hops.stems()) {
        String aeId = registerAe(application, messages.as(stem));
        publishAndRead(application, messages.as(aeId), hops.publishedBelow(cseId), "demo" + stem);
        aeIds.add(aeId);
      }
      return new WalkResult(
          method,
          path,
          hops,
          registered.text("nodeId").orElseThrow(),
          cseId,
          aeIds,
          keyOf("bootstrap"),
          keyOf("authenticate"),
          keyOf("associate"),
          steps,
          steps.stream().mapToLong(StepReport::millis).sum(),
          registered.whole("startMs").orElseThrow());
    }
  }

  private static boolean isStep(Attributes line, String step) {
    return line.text("step").equals(Optional.of(step));
  }

  /** At the node's own CSE: what passes is the application's CoAP on loopback. */
  private String registerAe(LocalApplication application, OneM2mMessages messages) {
    long begun = System.nanoTime();
    String aeId =
        application
            .succeed(messages.create("-", AE, APPLICATION), "m2m:ae")
            .text("aei")
            .orElseThrow();
    done(new StepReport("register-ae", "", since(begun), application.traffic()));
    return aeId;
  }

  private void publishAndRead(
      LocalApplication application, OneM2mMessages messages, String remote, String name) {
    String key = keyOf("register-cse").orElseThrow();
    overAssociation(
        "publish",
        key,
        2,
        () -> {
          application.succeed(
              messages.create(remote, CONTAINER, "{\"m2m:cnt\":{\"rn\":\"%s\"}}".formatted(name)),
              "m2m:cnt");
          return application.succeed(
              messages.create(
                  remote + "/" + name,
                  CONTENT_INSTANCE,
                  "{\"m2m:cin\":{\"rn\":\"first\",\"con\":\"%s\"}}".formatted(VALUE)),
              "m2m:cin");
        });
    Attributes read =
        overAssociation(
            "read",
            key,
            1,
            () -> application.succeed(messages.retrieve(remote + "/" + name + "/la"), "m2m:cin"));
    if (!read.text("con").equals(Optional.of(VALUE))) {
      throw new DemoFailedException("what was read is not what was published");
    }
  }

  /** The node tells of each request it forwarded what that took on the association's socket. */
  private Attributes overAssociation(
      String step, String key, int requests, Supplier<Attributes> work) {
    long before = forwarded().size();
    long begun = System.nanoTime();
    Attributes answer = work.get();
    long millis = since(begun);
    node.await(
        REGISTRATION, "the account of " + step, line -> forwarded().size() >= before + requests);
    TrafficMeter.Reading traffic =
        forwarded().stream()
            .skip(before)
            .map(line -> StepReport.of(step, line).traffic())
            .reduce(TrafficMeter.Reading.ZERO, TrafficMeter.Reading::plus);
    done(new StepReport(step, key, millis, traffic));
    return answer;
  }

  private List<Attributes> forwarded() {
    return node.events().stream()
        .filter(line -> isStep(line, "mca"))
        .filter(line -> line.text("to").filter(to -> to.startsWith("/")).isPresent())
        .toList();
  }

  private Optional<String> keyOf(String step) {
    return steps.stream()
        .filter(done -> done.step().equals(step))
        .flatMap(done -> done.key().stream())
        .findFirst();
  }

  private void done(StepReport step) {
    steps.add(step);
    output.step(step);
  }

  private static long since(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }
}
