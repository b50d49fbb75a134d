// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.admin.Ports;

/** What the demo prints: for people, and one line for machines. */
final class DemoOutput {
  private static final String COLUMNS = "%-13s %-52s %7s %11s %10s %8s%n";

  private final PrintStream out;

  DemoOutput(PrintStream out) {
    this.out = out;
  }

  void heading(Method method, EnrolmentPath path, Hops hops) {
    out.printf(
        "One node from its factory key to published data, method %s, path %s%s%n%n",
        method.text(),
        path.text(),
        hops == Hops.MN ? ", behind the gateway " + hops.registrar() : "");
    out.printf(COLUMNS, "step", "key id", "ms", "handshakes", "datagrams", "bytes");
  }

  void step(StepReport step) {
    row(step.step(), step.key().orElse("-"), step.millis(), step.traffic());
  }

  private void row(String step, String keyId, long millis, TrafficMeter.Reading traffic) {
    out.printf(
        COLUMNS, step, keyId, millis, traffic.handshakes(), traffic.datagrams(), traffic.bytes());
    out.flush();
  }

  /** The totals, and the one line of JSON. */
  void summary(WalkResult walked, Duration serverCpu) {
    row("total", "", walked.millis(), walked.traffic());
    out.printf(
        "%nserver CPU %d ms, client start to registered %d ms%n",
        serverCpu.toMillis(), walked.clientStartMillis());
    out.println(json(walked, serverCpu));
    out.flush();
  }

  void invitation(Ports ports, Path folder) {
    out.printf(
        "%nThe server stays up: coaps %d, coap %d, data in %s. Enter ends it.%n",
        ports.coaps(), ports.coap(), folder.resolve("data"));
    out.flush();
  }

  private static String json(WalkResult walked, Duration serverCpu) {
    TrafficMeter.Reading traffic = walked.traffic();
    Attributes totals =
        Attributes.builder()
            .put("ms", walked.millis())
            .put("handshakes", traffic.handshakes())
            .put("datagrams", traffic.datagrams())
            .put("bytes", traffic.bytes())
            .put("serverCpuMs", serverCpu.toMillis())
            .put("clientStartMs", walked.clientStartMillis())
            .build();
    AttributeValue steps =
        new AttributeValue.Items(
            walked.steps().stream()
                .<AttributeValue>map(step -> new AttributeValue.Members(step.toAttributes()))
                .toList());
    Attributes line =
        Attributes.builder()
            .put("outcome", "REGISTERED")
            .put("method", walked.method().text())
            .put("path", walked.path().text())
            .put("nodeId", walked.nodeId())
            .put("cseId", walked.cseId())
            .put("registrar", walked.hops().registrar())
            .put("aeId", walked.aeIds().get(0))
            .put("aeIds", walked.aeIds())
            .put("keId", orNull(walked.keId()))
            .put("kmId", orNull(walked.kmId()))
            .put("kcId", orNull(walked.kcId()))
            .put("steps", steps)
            .put("totals", totals)
            .build();
    return new String(
        ContentCodec.writeAttributes(Serialization.JSON, line), StandardCharsets.UTF_8);
  }

  private static AttributeValue orNull(Optional<String> text) {
    return text.map(AttributeValue::of).orElse(AttributeValue.Nothing.NOTHING);
  }
}
