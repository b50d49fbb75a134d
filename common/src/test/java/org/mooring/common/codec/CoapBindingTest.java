// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.vectors.Vectors;

class CoapBindingTest {
  private static final RequestPrimitive RETRIEVE =
      RequestPrimitive.builder(Operation.RETRIEVE, "cse-in", "r1").build();

  private final CoapBinding binding = new CoapBinding();

  static List<Vectors.Row> sent() {
    return Vectors.rows("response-status-codes.json", "sent");
  }

  static List<Vectors.Row> derived() {
    return Vectors.rows("response-status-codes.json", "derived");
  }

  @Property
  void aRequestComesBackAsItWasSent(
      @ForAll("requests") RequestPrimitive request, @ForAll Serialization serialization) {
    Request coap = Wire.carry(binding.encodeRequest(request, serialization));

    DecodedRequest decoded = binding.decodeRequest(coap);

    assertThat(decoded.request()).usingRecursiveComparison().isEqualTo(request);
    assertThat(decoded.style().serialization()).isEqualTo(serialization);
    assertThat(decoded.style().generation()).isEqualTo(OptionGeneration.CURRENT);
    assertThat(coap.isConfirmable()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("sent")
  void everyStatusHasItsNumberAndCoapCode(Vectors.Row row) {
    ResponseStatusCode status = ResponseStatusCode.valueOf(row.get("status"));
    ReplyStyle style = binding.decodeRequest(coap(RETRIEVE)).style();

    Response answer = Wire.carry(binding.encodeResponse(ResponsePrimitive.of(status, "r1"), style));

    assertThat(status.code()).isEqualTo(row.number("rsc"));
    assertThat(status.coapCode()).isEqualTo(row.number("coap"));
    assertThat(coapCode(answer)).isEqualTo(row.number("coap"));
    assertThat(binding.decodeResponse(answer, RETRIEVE).status()).isEqualTo(status);
  }

  @Test
  void theTableNamesEveryStatus() {
    assertThat(sent()).hasSameSizeAs(ResponseStatusCode.values());
  }

  @ParameterizedTest
  @MethodSource("derived")
  void withoutStatusOptionTheCoapCodeStandsForOne(Vectors.Row row) {
    Response answer = new Response(CoAP.ResponseCode.valueOfText(row.get("coap")));
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.valueOf(row.get("operation")), "cse-in", "r1").build();

    assertThat(binding.decodeResponse(answer, request).status())
        .isEqualTo(ResponseStatusCode.valueOf(row.get("status")));
  }

  @ParameterizedTest
  @EnumSource(OptionGeneration.class)
  void theAnswerUsesTheGenerationOfTheRequest(OptionGeneration generation) {
    Request request = new Request(CoAP.Code.GET);
    request.getOptions().addUriPath("cse-in");
    OneM2mOptionWriter options = new OneM2mOptionWriter(request.getOptions(), generation);
    options.add(OneM2mOption.REQUEST_IDENTIFIER, "r1");
    options.add(OneM2mOption.RELEASE_VERSION, "2a");

    Response answer =
        binding.encodeResponse(
            ResponsePrimitive.of(ResponseStatusCode.OK, "r1"),
            binding.decodeRequest(Wire.carry(request)).style());

    assertThat(answer.getOptions().getOthers())
        .containsExactlyInAnyOrder(
            OneM2mOption.RESPONSE_STATUS_CODE.definition(generation).create(2000),
            OneM2mOption.REQUEST_IDENTIFIER.definition(generation).create("r1"),
            OneM2mOption.RELEASE_VERSION.definition(generation).create("2a"));
    assertThat(answer.getOptions().getMaxAge()).isZero();
  }

  @Test
  void aClientWithoutOneM2mOptionsGetsNoneAndReadsTheReasonInThePayload() {
    Request request = new Request(CoAP.Code.GET);
    request.getOptions().addUriPath("cse-in");
    ReplyStyle style = binding.decodeRequest(Wire.carry(request)).style();
    RefusedException refused = Refusal.ASSOCIATION_REQUIRED.of("cse-in");

    Response answer =
        Wire.carry(
            binding.encodeResponse(ResponsePrimitive.refused(refused, style.requestId()), style));

    assertThat(style.showsOptions()).isFalse();
    assertThat(answer.getOptions().getOthers()).isEmpty();
    assertThat(answer.getCode()).isEqualTo(CoAP.ResponseCode.FORBIDDEN);
    assertThat(answer.getOptions().getContentFormat()).isEqualTo(50);
    assertThat(answer.getPayloadString())
        .startsWith("{\"m2m:dbg\":\"SECURITY_ASSOCIATION_REQUIRED: cse-in: ");
  }

  @Test
  void aBodyThatIsTooLargeIsAnsweredWithItsOwnCoapCode() {
    ResponsePrimitive refused =
        ResponsePrimitive.refused(Refusal.BODY_TOO_LARGE.of("Content"), "r1");

    Response answer = binding.encodeResponse(refused, binding.replyStyle(coap(RETRIEVE)));

    assertThat(answer.getCode()).isEqualTo(CoAP.ResponseCode.REQUEST_ENTITY_TOO_LARGE);
  }

  @Test
  void aNotificationThatArrivedIsAnswered204WithoutContent() {
    RequestPrimitive notify =
        RequestPrimitive.builder(Operation.NOTIFY, "cse-in", "r1")
            .content(Representation.of("m2m:sgn", Attributes.NONE))
            .build();
    ReplyStyle style = binding.decodeRequest(coap(notify)).style();
    ResponsePrimitive ok =
        ResponsePrimitive.of(ResponseStatusCode.OK, "r1", Representation.of("m2m:uri", "x"));

    Response answer = binding.encodeResponse(ok, style);

    assertThat(answer.getCode()).isEqualTo(CoAP.ResponseCode.CHANGED);
    assertThat(answer.getPayloadSize()).isZero();
    assertThat(binding.decodeResponse(answer, notify).status()).isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  void acceptDecidesTheSerializationOfTheAnswerAndContentFormatDoesWithoutIt() {
    Request request = new Request(CoAP.Code.PUT);
    request.getOptions().setContentFormat(Serialization.CBOR.contentFormat());
    assertThat(binding.replyStyle(request).serialization()).isEqualTo(Serialization.CBOR);

    request.getOptions().setAccept(10001);
    assertThat(binding.replyStyle(request).serialization()).isEqualTo(Serialization.JSON);

    request.getOptions().setAccept(41);
    assertThat(binding.replyStyle(request).serialization()).isEqualTo(Serialization.CBOR);
  }

  @Test
  void theAddressOfACreatedResourceTravelsAsLocationPath() {
    ResponsePrimitive created =
        ResponsePrimitive.of(ResponseStatusCode.CREATED, "r1").withLocation("/id-in/cse-in/data");

    Response answer =
        Wire.carry(binding.encodeResponse(created, binding.replyStyle(coap(RETRIEVE))));

    assertThat(answer.getOptions().getLocationPath())
        .containsExactly("~", "id-in", "cse-in", "data");
    assertThat(binding.decodeResponse(answer, RETRIEVE))
        .usingRecursiveComparison()
        .isEqualTo(created);
  }

  @Test
  void discoveryIsAnsweredInLinkFormat() {
    RequestPrimitive discovery =
        RequestPrimitive.builder(Operation.RETRIEVE, ".well-known/core", "r1").build();
    Representation links = Representation.of(Representation.LINK_FORMAT, "</cse-in>;rt=\"x\"");
    Request request = coap(discovery);

    Response answer =
        Wire.carry(
            binding.encodeResponse(
                ResponsePrimitive.of(ResponseStatusCode.OK, "r1", links),
                binding.decodeRequest(request).style()));

    assertThat(request.getOptions().getAccept()).isEqualTo(40);
    assertThat(answer.getOptions().getContentFormat()).isEqualTo(40);
    assertThat(answer.getPayloadString()).isEqualTo("</cse-in>;rt=\"x\"");
    assertThat(binding.decodeResponse(answer, discovery).content()).hasValue(links);
  }

  @Test
  void theResponseToAnotherRequestIsNotTaken() {
    Response answer =
        binding.encodeResponse(
            ResponsePrimitive.of(ResponseStatusCode.OK, "r2"), binding.replyStyle(coap(RETRIEVE)));

    assertThatThrownBy(() -> binding.decodeResponse(answer, RETRIEVE))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.MALFORMED_MESSAGE));
  }

  @Test
  void aDiagnosticPayloadOfACoapStackIsReadAsDebugInformation() {
    Response answer = new Response(CoAP.ResponseCode.BAD_OPTION);
    answer.setPayload("Unknown critical option");

    ResponsePrimitive response = binding.decodeResponse(answer, RETRIEVE);

    assertThat(response.status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(response.debugInfo()).hasValue("Unknown critical option");
  }

  @Test
  void aStatusWithoutANameCountsAsItsCoapCode() {
    Response answer = new Response(CoAP.ResponseCode.FORBIDDEN);
    new OneM2mOptionWriter(answer.getOptions(), OptionGeneration.CURRENT)
        .add(OneM2mOption.RESPONSE_STATUS_CODE, 4199);

    assertThat(binding.decodeResponse(answer, RETRIEVE).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Property
  void aStyleIsFoundForAnyOptions(
      @ForAll("optionNumbers") List<Integer> numbers, @ForAll byte[] value) {
    Request request = new Request(CoAP.Code.POST);
    byte[] cut = Arrays.copyOf(value, Math.min(value.length, 2));
    for (int number : numbers) {
      var definition = CoapBinding.optionRegistry().getDefinitionByNumber(number);
      int length = Math.min(cut.length, definition.getValueLengths()[1]);
      request.getOptions().addOption(definition.create(Arrays.copyOf(cut, length)));
    }

    ReplyStyle style = binding.replyStyle(request);

    assertThat(style.showsOptions()).isEqualTo(!numbers.isEmpty());
    assertThat(
            binding.encodeResponse(
                ResponsePrimitive.of(ResponseStatusCode.OK, style.requestId()), style))
        .isNotNull();
  }

  @Provide
  Arbitrary<List<Integer>> optionNumbers() {
    return Arbitraries.of(256, 257, 267, 271, 279, 283, 303, 264, 331, 335).list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<RequestPrimitive> requests() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("abcXYZ019.-")
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(name -> !name.startsWith("."));
    Arbitrary<String> targets =
        Combinators.combine(
                Arbitraries.of("", "/", "//sp.example.org/"),
                names.list().ofMinSize(1).ofMaxSize(4))
            .as((scope, path) -> scope + String.join("/", path));
    Arbitrary<Instant> times =
        Arbitraries.longs().between(0, 253_402_300_799L).map(Instant::ofEpochSecond);
    return Combinators.combine(
            Arbitraries.of(Operation.class),
            targets,
            names,
            names.optional(),
            Arbitraries.integers().between(0, 65535),
            Arbitraries.of(ResultContent.class).optional(),
            Arbitraries.of(ReleaseVersion.class),
            times.optional())
        .as(CoapBindingTest::request);
  }

  private static RequestPrimitive request(
      Operation operation,
      String to,
      String requestId,
      Optional<String> from,
      int type,
      Optional<ResultContent> resultContent,
      ReleaseVersion release,
      Optional<Instant> expiration) {
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(operation, to, requestId).releaseVersion(release);
    from.ifPresent(request::from);
    expiration.ifPresent(request::requestExpiration);
    if (operation == Operation.CREATE) {
      request.resourceType(type);
    }
    if (operation != Operation.NOTIFY) {
      resultContent.ifPresent(request::resultContent);
    }
    if (operation != Operation.RETRIEVE && operation != Operation.DELETE) {
      request.content(
          Representation.of("m2m:cnt", Attributes.builder().put("rn", requestId).build()));
    }
    return request.build();
  }

  private Request coap(RequestPrimitive request) {
    return Wire.carry(binding.encodeRequest(request, Serialization.JSON));
  }

  private static int coapCode(Response response) {
    return response.getCode().codeClass * 100 + response.getCode().codeDetail;
  }
}
