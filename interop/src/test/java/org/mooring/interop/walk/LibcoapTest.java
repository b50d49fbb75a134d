// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.LibcoapClient;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.InServer;

/** libcoap reaches the MEF with a pre-provisioned key, without any oneM2M option. */
@Timeout(120)
class LibcoapTest {
  private static final String KEY = "a key of text, 32 octets of it!!";

  private static LibcoapClient client;
  private static TestBed bed;
  private static InServer server;
  private static TestBed.Enrolee enrolee;

  @BeforeAll
  static void start(@TempDir Path folder) {
    client = Peers.require("coap-client", LibcoapClient.installed());
    bed = TestBed.in(folder);
    server = bed.startServer();
    enrolee = bed.addEnrolee(server, Attributes.builder().put("kpm", "utf8:" + KEY).build());
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void readsTheMefBase() {
    Programs.Outcome outcome =
        client.request(enrolee.kpmId(), KEY, "get", uri("_/mef.sp.example.org/-"));

    assertThat(outcome.output()).contains("sec:mefb");
  }

  @Test
  void isToldWhatIsMissingInWords() {
    Programs.Outcome outcome =
        client.request(enrolee.kpmId(), KEY, "get", uri("_/mef.sp.example.org/-/nothing"));

    assertThat(outcome.errors() + outcome.output()).contains("4.04").contains("m2m:dbg");
  }

  @Test
  void getsNoSessionWithAnotherKey() {
    Programs.Outcome outcome =
        client.request(enrolee.kpmId(), "not " + KEY, "get", uri("_/mef.sp.example.org/-"));

    assertThat(outcome.output()).doesNotContain("sec:mefb");
  }

  private static String uri(String path) {
    return "coaps://127.0.0.1:" + server.ports().coaps() + "/" + path;
  }
}
