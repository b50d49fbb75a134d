// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.mooring.asn.StepReport;
import org.mooring.asn.SubscriptionListener;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.mca.McaListener;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SealedBy;
import org.mooring.asn.vault.Trouble;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;

/** Prints a node's life, a line each: JSON objects for machines, or words. */
final class Reporter implements SubscriptionListener, McaListener {
  private final PrintWriter out;
  private final boolean json;
  private final InstantSource clock;
  private final Instant processStart;

  /**
   * @param processStart when the JVM started
   */
  Reporter(PrintWriter out, boolean json, InstantSource clock, Instant processStart) {
    this.out = out;
    this.json = json;
    this.clock = clock;
    this.processStart = processStart;
  }

  @Override
  public void stepDone(StepReport report) {
    Attributes.Builder line = Attributes.builder().put("step", report.step().id());
    report.path().ifPresent(path -> line.put("path", path.text()));
    line.put("keyId", report.keyId().toString()).put("ms", report.duration().toMillis());
    print(withTraffic(line, report.traffic()).build());
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void registered(NodeState state) {
    registered(state, now());
  }

  /**
   * @param reached when that was
   */
  void registered(NodeState state, Instant reached) {
    ClientConfiguration configuration = state.configuration().orElseThrow();
    print(
        Attributes.builder()
            .put("event", "registered")
            .put("nodeId", configuration.nodeId().value())
            .put("cseId", configuration.cseId().value())
            .put("keId", keyId(state, Rung.ENROLMENT))
            .put("kmId", keyId(state, Rung.MAF))
            .put("kcId", keyId(state, Rung.ASSOCIATION))
            .put("startMs", Duration.between(processStart, reached).toMillis())
            .build());
  }

  @Override
  public void commandReported(CommandReport report) {
    print(
        Attributes.builder()
            .put("event", "command")
            .put("command", printable(report.id()))
            .put("class", report.commandClass())
            .put("status", report.outcome().name())
            .put("code", report.outcome().code())
            .build());
  }

  @Override
  public void applicationAnswered(AppInstance instance) {
    print(
        Attributes.builder()
            .put("event", "application")
            .putAll(ApplicationDescription.of(instance))
            .build());
  }

  @Override
  public void failed(Trouble trouble) {
    print(
        Attributes.builder()
            .put("event", "failed")
            .put("waitingFor", trouble.waitingFor())
            .put("reason", trouble.reason())
            .put("nextTry", trouble.nextTry().toString())
            .build());
  }

  @Override
  public void moving(Fqdn mef) {
    print(Attributes.builder().put("event", "moving").put("to", mef.value()).build());
  }

  @Override
  public void moved(NodeState present) {
    String registrar = present.configuration().orElseThrow().registrar().value();
    print(Attributes.builder().put("event", "moved").put("registrar", registrar).build());
  }

  @Override
  public void left(String provider, boolean complete) {
    print(
        Attributes.builder()
            .put("event", "left")
            .put("registrar", provider)
            .put("complete", complete)
            .build());
  }

  @Override
  public void answered(
      RequestPrimitive request,
      ResponsePrimitive answer,
      Duration duration,
      TrafficMeter.Reading association) {
    Attributes.Builder line =
        Attributes.builder()
            .put("step", "mca")
            .put("operation", request.operation().name())
            .put("to", printable(request.to()))
            .put("rsc", answer.status().code())
            .put("ms", duration.toMillis());
    print(withTraffic(line, association).build());
  }

  /** What seals the vault. */
  void opened(SealedBy seal) {
    print(
        Attributes.builder()
            .put("event", "vault")
            .put("vault", seal.backEnd())
            .put("sealedBy", seal.text())
            .put("protectionLevel", seal.protectionLevel())
            .build());
  }

  /** The Mca port in use. */
  void listening(int port) {
    print(Attributes.builder().put("event", "mca").put("coap", port).build());
  }

  /** One object, or a line of words for each of its members. */
  void printAsList(Attributes members) {
    if (json) {
      print(members);
      return;
    }
    members.asMap().forEach((name, value) -> out.println(labelled(name, textOf(value))));
    out.flush();
  }

  /** A list stands on lines of its own, below its name. */
  private static String labelled(String name, String text) {
    return text.startsWith("\n")
        ? name + text.stripTrailing()
        : "%-16s%s".formatted(name, text.strip());
  }

  /** One object, or its members as words. */
  synchronized void print(Attributes line) {
    out.println(json ? jsonOf(line) : wordsOf(line));
    out.flush();
  }

  private static Attributes.Builder withTraffic(
      Attributes.Builder line, TrafficMeter.Reading traffic) {
    return line.put("handshakes", traffic.handshakes())
        .put("datagrams", traffic.datagrams())
        .put("bytes", traffic.bytes());
  }

  /** The id of a rung's key, or null where the path has none there. */
  static AttributeValue keyId(NodeState state, Rung rung) {
    return state
        .key(rung)
        .map(HeldKey::id)
        .map(id -> AttributeValue.of(id.toString()))
        .orElse(AttributeValue.Nothing.NOTHING);
  }

  private static String jsonOf(Attributes line) {
    return new String(
        ContentCodec.writeAttributes(Serialization.JSON, line), StandardCharsets.UTF_8);
  }

  /** The first member's value leads, the others follow as {@code name value}. */
  private static String wordsOf(Attributes line) {
    StringBuilder words = new StringBuilder();
    line.asMap()
        .forEach(
            (name, value) -> {
              if (words.length() == 0) {
                words.append(textOf(value));
              } else if (value != AttributeValue.Nothing.NOTHING) {
                words.append("  ").append(name).append(' ').append(textOf(value));
              }
            });
    return words.toString();
  }

  private static String textOf(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return text.value();
    }
    if (value instanceof AttributeValue.Whole whole) {
      return Long.toString(whole.value());
    }
    if (value instanceof AttributeValue.Members members) {
      return wordsOf(members.attributes());
    }
    if (value instanceof AttributeValue.Items items) {
      StringBuilder lines = new StringBuilder();
      items.values().forEach(item -> lines.append("\n  ").append(textOf(item)));
      return lines.toString();
    }
    return value == AttributeValue.Nothing.NOTHING ? "none" : value.toString();
  }

  /** A text that comes from outside: keep what is shown of it visible. */
  static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
