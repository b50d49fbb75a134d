// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.command.CommandArguments.CertProv;
import org.mooring.common.command.CommandArguments.DevCfg;
import org.mooring.common.command.CommandArguments.MoNode;
import org.mooring.common.command.CommandArguments.NoMore;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;

/** TS-0003 clauses 12.3.2 and 12.4.4 to 12.4.10. */
class ClientCommandTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  static Stream<CommandArguments> ofEveryClass() {
    return Stream.of(
        new NoMore(Duration.ofHours(24)),
        new CertProv(
            CertificateProtocol.EST,
            URI.create("coaps://mef.sp.example.org:5684/est"),
            CertificateSubject.CSE,
            "/pump7"),
        new DevCfg(ManagementProtocol.LWM2M, URI.create("coaps://mef.sp.example.org/dm")),
        new MoNode(
            "registration/authenticationProfile",
            ObjectType.AUTHENTICATION_PROFILE,
            Attributes.builder().put("suid", 32).build()),
        new MoNode("trustAnchorCred/00", ObjectType.TRUST_ANCHOR_CRED, Attributes.NONE));
  }

  @ParameterizedTest
  @MethodSource("ofEveryClass")
  void aCommandOfEveryClassComesBackInBothSerializations(CommandArguments arguments) {
    ClientCommand command =
        new ClientCommand("1", CommandDescription.of(arguments, "/pump7"), CommandStatus.REISSUED);
    for (Serialization serialization :
        new Serialization[] {Serialization.JSON, Serialization.CBOR}) {
      byte[] octets = ContentCodec.writeAttributes(serialization, command.toAttributes());
      Attributes read = ContentCodec.readAttributes(serialization, octets);
      assertThat(ClientCommand.from(read)).contains(command);
      assertThat(
              CommandArguments.parse(arguments.commandClass(), command.description().arguments()))
          .contains(arguments);
    }
  }

  @Test
  void deviceConfigUriLeadsWithTheNumberOfItsProtocol() {
    String json =
        new String(
            ContentCodec.writeAttributes(
                Serialization.JSON,
                new DevCfg(ManagementProtocol.TR_069, URI.create("https://mef.sp.example.org/"))
                    .toAttributes()),
            StandardCharsets.UTF_8);
    assertThat(json).isEqualTo("{\"dcca\":{\"dcu\":\"4:https://mef.sp.example.org/\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"cid\":\"1\",\"csc\":10}",
        "{\"cid\":\"1\",\"csc\":10,\"cdes\":{}}",
        "{\"cid\":\"1\",\"csc\":10,\"cdes\":{\"ccl\":1}}",
        "{\"cid\":\"1\",\"csc\":10,\"cdes\":{\"cag\":{}}}",
        "{\"cid\":\"\",\"csc\":10,\"cdes\":{\"ccl\":1,\"cag\":{}}}",
        "{\"cid\":1,\"csc\":10,\"cdes\":{\"ccl\":1,\"cag\":{}}}",
        "{\"cid\":\"1\",\"csc\":20,\"cdes\":{\"ccl\":1,\"cag\":{}}}",
        "{\"cid\":\"1\",\"csc\":12,\"cdes\":{\"ccl\":1,\"cag\":{}}}",
      })
  void whatHasNotItsThreeElementsIsNoCommand(String json) {
    assertThat(ClientCommand.from(read(json))).isEmpty();
  }

  @Test
  void aClassOfALaterReleaseIsACommandAllTheSame() {
    var command =
        ClientCommand.from(read("{\"cid\":\"1\",\"csc\":10,\"cdes\":{\"ccl\":9,\"cag\":{}}}"));
    assertThat(command).isPresent();
    assertThat(command.orElseThrow().description().commandClass()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_MORE_COMMANDS | {}",
        "NO_MORE_COMMANDS | {\"nmca\":{}}",
        "NO_MORE_COMMANDS | {\"nmca\":{\"rdu\":\"a day\"}}",
        "NO_MORE_COMMANDS | {\"nmca\":{\"rdu\":\"-PT1S\"}}",
        "NO_MORE_COMMANDS | {\"nmca\":{\"rdu\":\"P9999999999Y\"}}",
        "CERT_PROV | {\"nmca\":{\"rdu\":\"PT1S\"}}",
        "CERT_PROV | {\"cpca\":{\"cppi\":3,\"uri\":\"coaps://a/\",\"cst\":1,\"csid\":\"a\"}}",
        "CERT_PROV | {\"cpca\":{\"cppi\":1,\"uri\":\"a b\",\"cst\":1,\"csid\":\"a\"}}",
        "CERT_PROV | {\"cpca\":{\"cppi\":1,\"uri\":\"relative\",\"cst\":1,\"csid\":\"a\"}}",
        "CERT_PROV | {\"cpca\":{\"cppi\":1,\"uri\":\"coaps://a/\",\"cst\":4,\"csid\":\"a\"}}",
        "CERT_PROV | {\"cpca\":{\"cppi\":1,\"uri\":\"coaps://a/\",\"cst\":1}}",
        "DEV_CFG | {\"dcca\":{\"dcu\":\"\"}}",
        "DEV_CFG | {\"dcca\":{\"dcu\":\"5:coaps://a/\"}}",
        "DEV_CFG | {\"dcca\":{\"dcu\":\"coaps://a/\"}}",
        "DEV_CFG | {\"dcca\":{\"dcu\":\"3:\"}}",
        "MO_NODE | {\"mnca\":{\"obp\":\"\",\"otid\":1}}",
        "MO_NODE | {\"mnca\":{\"obp\":\"a\",\"otid\":4}}",
        "MO_NODE | {\"mnca\":{\"obp\":\"a\"}}",
      })
  void argumentsOfAnotherFormCanNotBeParsed(CommandClass commandClass, String json) {
    assertThat(CommandArguments.parse(commandClass, read(json))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"P1D,P1D", "PT90S,PT1M30S", "P1M,P30D", "P1Y,P360D", "P1DT1H,PT25H", "PT0S,PT0S"})
  void durationsOfXmlSchemaCountByTheirLength(String text, Duration expected) {
    Attributes arguments = read("{\"nmca\":{\"rdu\":\"" + text + "\"}}");
    assertThat(CommandArguments.parse(CommandClass.NO_MORE_COMMANDS, arguments))
        .contains(new NoMore(expected.isZero() ? Duration.ZERO : expected));
  }

  @ParameterizedTest
  @CsvSource({
    "coaps://mef.sp.example.org/est,true",
    "coaps://MEF.sp.example.org:1/,true",
    "coaps://maf.sp.example.org/,false",
    "coaps://mef.sp.example.org@evil.org/,false",
    "coaps://[::1]/,false",
    "urn:x:mef.sp.example.org,false",
  })
  void onlyTheHostSaysWhetherAUriIsAtTheMef(URI uri, boolean isAt) {
    assertThat(CommandArguments.isAt(MEF, uri)).isEqualTo(isAt);
  }

  private static Attributes read(String json) {
    return ContentCodec.readAttributes(Serialization.JSON, json.getBytes(StandardCharsets.UTF_8));
  }
}
