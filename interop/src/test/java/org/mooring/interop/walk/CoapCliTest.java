// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.CoapCli;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** coap-cli on the IN server's plain port, and over the association through the node's Mca. */
@Timeout(120)
class CoapCliTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AE =
      "{\"m2m:ae\":{\"api\":\"Norg.mooring.cli\",\"rr\":false,\"srv\":[\"3\"]}}";

  private static final Pattern STEM = Pattern.compile("\"aei\":\"(S[^\"]+)\"");

  private static CoapCli cli;
  private static TestBed bed;
  private static InServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cli = Peers.require("coap-cli", CoapCli.installed(Jars.ofThisProject().interop()));
    bed = TestBed.in(folder);
    server = bed.startServer();
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void readsWhatThePlainPortOffers() {
    Programs.Outcome outcome = show("get", plain(".well-known/core"));

    assertThat(outcome.errors()).contains("(2.05)");
    assertThat(outcome.output()).contains("</");
  }

  @Test
  void isToldWhyAnAssociationIsNeeded() {
    Programs.Outcome outcome = show("get", plain("cse-in"));

    assertThat(outcome.errors()).contains("(4.03)");
    assertThat(outcome.output()).contains("m2m:dbg").contains("SECURITY_ASSOCIATION_REQUIRED");
  }

  @Test
  void createsAndReadsAResourceOfTheInCseThroughTheNode() {
    TestBed.Enrolee enrolee = bed.addEnrolee(server, "maf");
    try (AsnNode node = bed.startNode(enrolee, server.ports().coaps(), List.of(), List.of())) {
      node.awaitRegistered(PATIENCE);
      String mca = "coap://127.0.0.1:" + node.awaitMcaPort() + "/";
      String remote = mca + "~/id-in/-" + enrolee.csi();

      Programs.Outcome registered =
          show(
              "post",
              mca + "-",
              "-O",
              "279,Ccli",
              "-O",
              "283,1",
              "-O",
              "271,3",
              "-O",
              "267,0x02",
              "-p",
              AE);
      assertThat(registered.output()).contains("\"aei\":\"Ccli\"");

      Programs.Outcome created =
          show(
              "post",
              remote,
              "-O",
              "279,Ccli",
              "-O",
              "283,2",
              "-O",
              "271,3",
              "-O",
              "267,0x03",
              "-p",
              "{\"m2m:cnt\":{\"rn\":\"cli\"}}");
      assertThat(created.output()).contains("m2m:cnt");

      show(
          "post",
          remote + "/cli",
          "-O",
          "279,Ccli",
          "-O",
          "283,3",
          "-O",
          "271,3",
          "-O",
          "267,0x04",
          "-p",
          "{\"m2m:cin\":{\"con\":\"21.5\"}}");
      Programs.Outcome read =
          show("get", remote + "/cli/la", "-O", "279,Ccli", "-O", "283,4", "-O", "271,3");
      assertThat(read.output()).contains("\"con\":\"21.5\"");
      createsAsTheAeThatTheProviderGaveItsStem(mca, remote);
    }
  }

  /** TS-0001 clause 10.2.2.2 case a. */
  private static void createsAsTheAeThatTheProviderGaveItsStem(String mca, String remote) {
    Programs.Outcome registered =
        show(
            "post",
            mca + "-",
            "-O",
            "279,S",
            "-O",
            "283,5",
            "-O",
            "271,3",
            "-O",
            "267,0x02",
            "-p",
            AE);
    Matcher stem = STEM.matcher(registered.output());
    assertThat(stem.find()).as(registered.output()).isTrue();

    Programs.Outcome created =
        show(
            "post",
            remote,
            "-O",
            "279," + stem.group(1),
            "-O",
            "283,6",
            "-O",
            "271,3",
            "-O",
            "267,0x03",
            "-p",
            "{\"m2m:cnt\":{\"rn\":\"stem\",\"cr\":null}}");
    assertThat(created.output()).contains("\"cr\":\"/" + stem.group(1) + "\"");
  }

  private static Programs.Outcome show(String method, String uri, String... arguments) {
    Programs.Outcome outcome = cli.request(method, uri, arguments);
    System.out.printf(
        "$ %s%n%s%s%n",
        CoapCli.asTyped(method, uri, arguments), outcome.errors(), outcome.output().strip());
    return outcome;
  }

  private static String plain(String path) {
    return "coap://127.0.0.1:" + server.ports().coap() + "/" + path;
  }
}
