// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.clientRegistration;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.Refusing.withContent;
import static org.mooring.in.scenario.RunningServer.CSE;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.HexFormat;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.Refusing;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;
import org.mooring.in.scenario.WireClient;

/** The rules of the CoAP binding, seen on the wire of a session. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoapRulesTest {
  private static final String BASE = "/id-in/-";
  private static final int ONE_MEBIBYTE = 1 << 20;
  private static final int UNKNOWN_CRITICAL = 65_003;
  private static final int UNKNOWN_ELECTIVE = 65_002;
  private static final int IMAGE_PNG = 23;
  private static final int FROM_LEGACY = 256;
  private static final int REQUEST_ID = 283;
  private static final int REQUEST_ID_LEGACY = 257;

  private final RunningServer server;
  private final Refusing refusing;
  private final NodeClient node;
  private WireClient mef;
  private WireClient cse;

  CoapRulesTest(@TempDir Path dataDir) {
    server = givenServer(dataDir).withDirectEnrolee("node").started();
    refusing = new Refusing(server);
    node = server.node("node");
  }

  @BeforeAll
  void aNodeIsRegistered() {
    mef = server.wire(MEF, node.enrolee().credential());
    cse = server.wire(CSE, node.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
    assertThat(cse.send(node.registration(node.remoteCse()).build()).statusCode()).isEqualTo(2001);
  }

  @AfterEach
  void theServerServesTheNextNode() {
    server.serves();
  }

  @AfterAll
  void tearDown() {
    mef.close();
    cse.close();
    node.close();
    server.close();
  }

  @Test
  void aBodyOfOneMebibyteIsAnsweredWith413() {
    StoredRows before = server.stored();
    byte[] body = ("{\"sec:mefcr\":\"" + "x".repeat(ONE_MEBIBYTE) + "\"}").getBytes(UTF_8);
    WireClient.Answer answer =
        mef.send(
            withContent(mef, clientRegistration(MEF), MediaTypeRegistry.APPLICATION_JSON, body));

    assertThat(answer.coapCode()).isEqualTo(413);
    assertThat(server.stored()).isEqualTo(before);
    assertThat(mef.send(clientRegistration(MEF)).statusCode()).isEqualTo(2001);
  }

  @Test
  void anUnknownCriticalOptionIsAnsweredWith402() {
    StoredRows before = server.stored();
    Request request = registration();
    request.getOptions().addOption(unknown(UNKNOWN_CRITICAL));

    assertThat(mef.send(request).coapCode()).isEqualTo(402);
    assertThat(server.stored()).isEqualTo(before);
  }

  @Test
  void anOptionThatTheBindingGivesNoMeaningIsAnsweredWith402() {
    Request request = registration();
    request.getOptions().setIfNoneMatch(true);
    refusing.refused(mef, request, 4000, 402, Refusal.UNKNOWN_OPTION);
  }

  @Test
  void anUnknownElectiveOptionIsIgnored() {
    Request request = retrieveBase();
    request.getOptions().addOption(unknown(UNKNOWN_ELECTIVE));
    assertThat(cse.send(request).statusCode()).isEqualTo(2000);
  }

  @Test
  void anUnsupportedContentFormatIsAnsweredWith415() {
    refusing.refused(
        mef,
        withContent(mef, clientRegistration(MEF), IMAGE_PNG, "{}".getBytes(UTF_8)),
        4015,
        415,
        Refusal.MEDIA_TYPE_UNSUPPORTED);
  }

  @Test
  void anUnsupportedAcceptIsAnsweredWith406() {
    Request request = retrieveBase();
    request.getOptions().setAccept(IMAGE_PNG);
    refusing.refused(cse, request, 5207, 406, Refusal.NOT_ACCEPTABLE);
  }

  @Test
  void whatDoesNoHarmOnARetrievalIsTolerated() {
    Request request = retrieveBase();
    request.getOptions().setObserve(0);
    request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_JSON);
    request.getOptions().addUriQuery("");

    WireClient.Answer answer = cse.send(request);

    assertThat(answer.statusCode()).isEqualTo(2000);
    assertThat(answer.coapCode()).isEqualTo(205);
    assertThat(answer.response().getOptions().hasObserve()).isFalse();
    assertThat(answer.response().getOptions().getMaxAge()).isZero();
  }

  @Test
  void theFirstGenerationOfOptionsIsAnsweredInKind() {
    Request request = bareRetrieveBase();
    request.getOptions().addOption(option(FROM_LEGACY, node.enrolee().csi().value()));
    request.getOptions().addOption(option(REQUEST_ID_LEGACY, "legacy-1"));

    WireClient.Answer answer = cse.send(request);

    assertThat(answer.number(WireClient.RSC_LEGACY)).isEqualTo(2000);
    assertThat(answer.number(WireClient.RSC)).isZero();
    assertThat(answer.text(REQUEST_ID_LEGACY)).isEqualTo("legacy-1");
  }

  @Test
  void theCurrentGenerationOfOptionsIsAnsweredInKind() {
    RequestPrimitive primitive =
        request(Operation.RETRIEVE, BASE).from(node.enrolee().csi().value()).build();
    WireClient.Answer answer = cse.send(primitive);

    assertThat(answer.statusCode()).isEqualTo(2000);
    assertThat(answer.number(WireClient.RSC_LEGACY)).isZero();
    assertThat(answer.text(REQUEST_ID)).isEqualTo(primitive.requestId());
  }

  @Test
  void aRequestWithoutOneM2mOptionsGetsNoneBackAndIsTold() {
    WireClient.Answer answer = cse.send(bareRetrieveBase());

    assertThat(answer.isBare()).isTrue();
    assertThat(answer.coapCode()).isEqualTo(400);
    assertThat(answer.text()).startsWith("{\"m2m:dbg\":\"BAD_REQUEST: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "40", "ff00ff", "490155aa", "5f0102030405060708090a", "40010102ff"})
  void octetsThatAreNoCoapMessageLeaveTheSessionServing(String hex) {
    StoredRows before = server.stored();
    cse.sendOctets(HexFormat.of().parseHex(hex));

    assertThat(cse.send(retrieveBase()).statusCode()).isEqualTo(2000);
    assertThat(server.stored()).isEqualTo(before);
  }

  @Test
  void aValueMayBeSentInEitherSerialization() {
    for (Serialization serialization : Serialization.values()) {
      Request container =
          cse.encode(
              NodeClient.create(
                      BASE + "/" + node.enrolee().csi().stem(), CseResources.CONTAINER.code())
                  .from(node.enrolee().csi().value())
                  .content(Representation.of(CseResources.CONTAINER.root(), Attributes.NONE))
                  .build(),
              serialization);
      WireClient.Answer answer = cse.send(container);
      assertThat(answer.statusCode()).isEqualTo(2001);
      assertThat(answer.response().getOptions().getContentFormat())
          .isEqualTo(serialization.contentFormat());
    }
  }

  private Request registration() {
    return mef.encode(clientRegistration(MEF), Serialization.JSON);
  }

  private Request retrieveBase() {
    return cse.encode(
        request(Operation.RETRIEVE, BASE).from(node.enrolee().csi().value()).build(),
        Serialization.JSON);
  }

  /** The same without any option of oneM2M. */
  private static Request bareRetrieveBase() {
    Request request = Request.newGet();
    request.getOptions().setUriPath("~/id-in/-");
    return request;
  }

  private static Option option(int number, String value) {
    return new Option(
        CoapBinding.optionRegistry().getDefinitionByNumber(number), value.getBytes(UTF_8));
  }

  private static Option unknown(int number) {
    return new Option(new OpaqueOptionDefinition(number, "unknown"), new byte[] {1});
  }
}
