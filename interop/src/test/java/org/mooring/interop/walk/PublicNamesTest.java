// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.dns.DynamicZone;
import org.mooring.in.dns.NameRefusedException;
import org.mooring.in.dns.TsigKey;
import org.mooring.in.dns.ZoneUnavailableException;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.KnotServer;
import org.mooring.interop.peer.OneM2mMessages;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.InServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The public domain names of CSEs in a zone that Knot DNS serves (TS-0001 clause 6.5.3). */
@Timeout(120)
class PublicNamesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CSE = "id-in.sp.example.org";
  private static final String PUMP = "pump7.id-in.sp.example.org";
  private static final CseId PUMP_ID = new CseId("/pump7");

  private Path folder;
  private KnotServer knot;

  @BeforeEach
  void start(@TempDir Path own) {
    folder = own;
    knot = KnotServer.in(own.resolve("knot"), Peers.require("knotd", KnotServer.program())).start();
  }

  @AfterEach
  void stop() {
    if (knot != null) {
      knot.close();
    }
  }

  private DynamicZone zone(String key) {
    return new DynamicZone(
        new DnsSettings(
            "127.0.0.1", knot.port(), TsigKey.parse(key), new Fqdn("sp.example.org"), "127.0.0.1"));
  }

  /** What the zone has under a name: its records of a type as text, in order. */
  private List<String> records(String name, int type) {
    try {
      SimpleResolver resolver =
          new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), knot.port()));
      resolver.setTimeout(Duration.ofSeconds(2));
      Record question = Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN);
      return resolver.send(Message.newQuery(question)).getSection(Section.ANSWER).stream()
          .map(Record::rdataToString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("knotd does not answer", e);
    }
  }

  private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : texts) {
      addresses.add(InetAddress.getByName(text));
    }
    return addresses;
  }

  @Test
  void aNameIsMadeChangedAndTakenAway() throws Exception {
    DynamicZone zone = zone(KnotServer.KEY);
    Fqdn pump = new Fqdn(PUMP);

    assertThat(zone.publish(pump, PUMP_ID, addresses("192.0.2.1", "2001:db8::1"))).isTrue();
    assertThat(zone.publish(pump, PUMP_ID, addresses("2001:db8::1", "192.0.2.1"))).isFalse();
    assertThat(records(PUMP, Type.A)).containsExactly("192.0.2.1");
    assertThat(records(PUMP, Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
    assertThat(records(PUMP, Type.TXT)).containsExactly("\"mooring-cse\" \"/pump7\"");

    assertThat(zone.publish(pump, PUMP_ID, addresses("192.0.2.1"))).isTrue();
    assertThat(zone.publish(pump, PUMP_ID, addresses("192.0.2.1"))).isFalse();
    assertThat(records(PUMP, Type.AAAA)).isEmpty();
    assertThat(zone.publish(pump, PUMP_ID, addresses("192.0.2.2", "192.0.2.3"))).isTrue();
    assertThat(records(PUMP, Type.A)).containsExactly("192.0.2.2", "192.0.2.3");

    assertThat(zone.withdraw(pump, PUMP_ID)).isTrue();
    assertThat(zone.withdraw(pump, PUMP_ID)).isFalse();
    assertThat(records(PUMP, Type.ANY)).isEmpty();
  }

  @Test
  void whatOthersHaveInTheZoneIsLeftAlone() throws Exception {
    DynamicZone zone = zone(KnotServer.KEY);
    Fqdn taken = new Fqdn(KnotServer.TAKEN);
    CseId cse = new CseId("/taken");

    assertThatThrownBy(() -> zone.publish(taken, cse, addresses("192.0.2.1")))
        .isInstanceOf(NameRefusedException.class)
        .hasMessageContaining("not of this CSE");
    assertThatThrownBy(() -> zone.publish(taken, cse, addresses("192.0.2.7")))
        .isInstanceOf(NameRefusedException.class);
    assertThat(zone.withdraw(taken, cse)).isFalse();
    assertThat(records(KnotServer.TAKEN, Type.A)).containsExactly("192.0.2.7");

    // Two CSE-IDs that differ in case alone have one name: whose it is, the mark says.
    Fqdn pump = new Fqdn(PUMP);
    assertThat(zone.publish(pump, PUMP_ID, addresses("192.0.2.1"))).isTrue();
    assertThatThrownBy(() -> zone.publish(pump, new CseId("/Pump7"), addresses("192.0.2.1")))
        .isInstanceOf(NameRefusedException.class);
    assertThat(zone.withdraw(pump, new CseId("/Pump7"))).isFalse();
    assertThat(records(PUMP, Type.A)).containsExactly("192.0.2.1");
  }

  @Test
  void aWrongKeyAndAServerThatIsAwayAreToldApart() {
    Fqdn pump = new Fqdn(PUMP);
    String otherSecret = KnotServer.KEY.replace("AAEC", "BBEC");
    for (String wrong : List.of(otherSecret, KnotServer.KEY.replace("mooring", "another"))) {
      assertThatThrownBy(() -> zone(wrong).publish(pump, PUMP_ID, addresses("192.0.2.1")))
          .isInstanceOf(ZoneUnavailableException.class)
          .hasMessageContaining("--dns-key")
          .hasMessageNotContaining(KnotServer.SECRET.substring(4));
    }
    DnsSettings elsewhere =
        new DnsSettings(
            "127.0.0.1",
            knot.port(),
            TsigKey.parse(KnotServer.KEY),
            new Fqdn("example.org"),
            "127.0.0.1");
    assertThatThrownBy(
            () -> new DynamicZone(elsewhere).publish(pump, PUMP_ID, addresses("192.0.2.1")))
        .isInstanceOf(ZoneUnavailableException.class);
    assertThat(records(PUMP, Type.ANY)).isEmpty();

    knot.stop();
    assertThatThrownBy(() -> zone(KnotServer.KEY).withdraw(pump, PUMP_ID))
        .isInstanceOf(ZoneUnavailableException.class)
        .hasMessageContaining("gives no answer");
  }

  @Test
  void aRegisteredCseHasItsNameAlsoWhenTheServerWasAway() throws IOException {
    Peers.require("openssl", OpenSslClient.program());
    try (TestBed bed = TestBed.in(folder)) {
      knot.stop();
      Path key = Files.writeString(folder.resolve("dns.key"), "b64:" + KnotServer.SECRET + "\n");
      InServer server =
          bed.startServer(
              new InServer.Settings(
                  List.of(),
                  List.of(
                      "--public-host",
                      "127.0.0.1:5684",
                      "--dns-server",
                      "127.0.0.1:" + knot.port(),
                      "--dns-key",
                      "mooring:hmac-sha256:file:" + key)));
      ForeignNode.Credential kpsa =
          new ForeignNode.Credential(
              "pump7@sp.example.org", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
      addEnrolee(server, kpsa);

      try (OpenSslClient node =
          ForeignNode.connect(server.ports().coaps(), CSE, kpsa, ForeignNode.CONNECTION)) {
        OneM2mMessages messages = new OneM2mMessages("/pump7", "names");
        register(node, messages);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(server.admin().status().whole("dnsPending")).hasValue(1);
                  assertThat(server.admin().status().text("dnsProblem").orElse(""))
                      .contains("gives no answer");
                });

        knot.start();
        awaitAddresses("127.0.0.1");
        assertThat(server.admin().status().text("dnsProblem")).isEmpty();

        assertThat(OneM2mMessages.statusOf(node.exchange(messages.delete("cse-in/pump7"))))
            .hasValue(2002);
        awaitAddresses();

        register(node, messages);
        awaitAddresses("127.0.0.1");
        server.admin().revokeEnrolee(kpsa.identity());
        awaitAddresses();
      }
      await().atMost(PATIENCE).until(() -> audited(server).size() == 4);
      assertThat(audited(server))
          .containsExactly(
              "PUBLIC_NAME_ADDED",
              "PUBLIC_NAME_REMOVED",
              "PUBLIC_NAME_ADDED",
              "PUBLIC_NAME_REMOVED");
      server.close();
      assertThat(String.join("\n", server.process().lines()) + server.process().errors())
          .contains("gives no answer")
          .doesNotContain(KnotServer.SECRET.substring(4, 40));
    }
  }

  private static void addEnrolee(InServer server, ForeignNode.Credential kpsa) {
    var unused =
        server
            .admin()
            .addEnrolee(
                Attributes.builder()
                    .put("kpsaId", kpsa.identity())
                    .put("kpsa", "utf8:" + new String(kpsa.key(), StandardCharsets.US_ASCII))
                    .put("path", "direct")
                    .put("csi", PUMP_ID.value())
                    .build());
  }

  private static void register(OpenSslClient node, OneM2mMessages messages) {
    var unused =
        ForeignNode.succeed(
            node, ForeignNode.cseRegistration(messages, "/id-in", PUMP_ID.value()), "m2m:csr");
  }

  private void awaitAddresses(String... addresses) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(records(PUMP, Type.A)).containsExactly(addresses));
  }

  private static List<String> audited(InServer server) {
    return server.admin().audit(100).stream()
        .map(entry -> entry.text("action").orElseThrow())
        .filter(action -> action.startsWith("PUBLIC_NAME"))
        .toList();
  }
}
