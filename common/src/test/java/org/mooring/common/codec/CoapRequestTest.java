// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.vectors.Vectors;

/** Requests as other clients write them, from a table of options and payloads. */
class CoapRequestTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final CoapBinding binding = new CoapBinding(InstantSource.fixed(NOW));

  static List<Vectors.Row> accepted() {
    return Vectors.rows("coap-requests.json", "accepted");
  }

  static List<Vectors.Row> refused() {
    return Vectors.rows("coap-requests.json", "refused");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aRequestIsReadWithItsParameters(Vectors.Row row) {
    RequestPrimitive request = binding.decodeRequest(request(row)).request();

    assertThat(request.operation()).isEqualTo(Operation.valueOf(row.get("operation")));
    assertThat(request.to()).isEqualTo(row.get("path"));
    assertThat(request.requestId()).isEqualTo(row.get("rqi"));
    assertThat(request.releaseVersion().text()).isEqualTo(row.get("rvi"));
    assertThat(request.from().orElse("")).isEqualTo(row.has("from") ? row.get("from") : "");
    assertThat(request.resourceType().orElse(-1)).isEqualTo(row.has("ty") ? row.number("ty") : -1);
    assertThat(request.resultContent().map(ResultContent::code).orElse(-1))
        .isEqualTo(row.has("rcn") ? row.number("rcn") : -1);
    assertThat(request.requestExpiration().map(Instant::toString).orElse(""))
        .isEqualTo(row.has("rqet") ? Instant.parse(row.get("rqet")).toString() : "");
    assertThat(request.roles().stream().map(RoleId::toString).collect(joining("+")))
        .isEqualTo(row.has("rids") ? row.get("rids") : "");
    assertThat(request.content().isPresent()).isEqualTo(row.get("payload").startsWith("{"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aWrongRequestIsRefusedAndAnsweredWithItsCoapCode(Vectors.Row row) {
    Request coap = request(row);

    assertThatThrownBy(() -> binding.decodeRequest(coap))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.valueOf(row.get("refusal")));
              ReplyStyle style = binding.replyStyle(coap);
              ResponsePrimitive answer = ResponsePrimitive.refused(refused, style.requestId());
              CoAP.ResponseCode code = binding.encodeResponse(answer, style).getCode();
              assertThat(code.codeClass * 100 + code.codeDetail).isEqualTo(row.number("coap"));
            });
  }

  private static Request request(Vectors.Row row) {
    Request coap = new Request(CoAP.Code.valueOf(row.get("method")), CoAP.Type.CON);
    split(row.get("path"), "/").forEach(coap.getOptions()::addUriPath);
    split(row.get("query"), "&").forEach(coap.getOptions()::addUriQuery);
    if (!row.get("format").isEmpty()) {
      coap.getOptions().setContentFormat(row.number("format"));
    }
    if (!row.get("accept").isEmpty()) {
      coap.getOptions().setAccept(row.number("accept"));
    }
    for (String option : split(row.get("options"), " ")) {
      int equals = option.indexOf('=');
      int number = Integer.parseInt(option.substring(0, equals));
      byte[] value = octets(option.substring(equals + 1));
      coap.getOptions()
          .addOption(CoapBinding.optionRegistry().getDefinitionByNumber(number).create(value));
    }
    if (!row.get("payload").isEmpty()) {
      if (!coap.isIntendedPayload()) {
        coap.setUnintendedPayload();
      }
      coap.setPayload(row.get("payload"));
    }
    return Wire.carry(coap);
  }

  private static List<String> split(String joined, String separator) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(separator, -1));
  }

  private static byte[] octets(String value) {
    return value.startsWith("0x")
        ? HexFormat.of().parseHex(value.substring(2))
        : value.getBytes(StandardCharsets.UTF_8);
  }
}
