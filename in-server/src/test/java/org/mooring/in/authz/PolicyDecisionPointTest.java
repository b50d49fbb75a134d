// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.RefusedException;

/** Rules and requests of a vector file, and what TS-0003 clause 7.1.5 makes of them. */
class PolicyDecisionPointTest {
  private static final String VECTORS = "/access-control-rules.json";
  private static final AccessRulesReader READER =
      new AccessRulesReader(SpId.parse("//sp.example.org"), new CseId("/id-in"));

  private static List<Attributes> vectors(String name) throws IOException {
    try (InputStream stream = PolicyDecisionPointTest.class.getResourceAsStream(VECTORS)) {
      byte[] bytes = Objects.requireNonNull(stream, VECTORS).readAllBytes();
      Attributes file = ContentCodec.readAttributes(Serialization.JSON, bytes);
      return ((AttributeValue.Items) file.get(name).orElseThrow())
          .values().stream().map(row -> ((AttributeValue.Members) row).attributes()).toList();
    }
  }

  private static Attributes vector(String name, String label) throws IOException {
    return vectors(name).stream()
        .filter(row -> row.text("name").orElseThrow().equals(label))
        .findFirst()
        .orElseThrow();
  }

  static Stream<String> decisions() throws IOException {
    return vectors("decisions").stream().map(row -> row.text("name").orElseThrow());
  }

  static Stream<String> refused() throws IOException {
    return vectors("refused").stream().map(row -> row.text("name").orElseThrow());
  }

  @ParameterizedTest(name = "TS-0003 7.1.5: {0}")
  @MethodSource("decisions")
  void decision(String name) throws IOException {
    Attributes row = vector("decisions", name);
    AccessRules rules = READER.read("pv", row.members("pv").orElseThrow());
    Attributes request = row.members("request").orElseThrow();

    AccessDecision decision =
        PolicyDecisionPoint.decide(request(request), List.of(rules), time(request));

    assertThat(decision.permitted()).isEqualTo(row.flag("permitted").orElseThrow());
    assertThat(decision.reason()).startsWith(row.text("reason").orElseThrow());
  }

  @ParameterizedTest(name = "TS-0004 6.3.5.26: {0}")
  @MethodSource("refused")
  void refusedRule(String name) throws IOException {
    Attributes row = vector("refused", name);
    Attributes set = row.members("pv").orElseThrow();

    assertThatThrownBy(() -> READER.read("pv", set))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal().name()).isEqualTo(row.text("refusal").orElseThrow());
              assertThat(refused.refusal().status().code()).isEqualTo(4000);
              assertThat(refused.subject()).contains(row.text("element").orElseThrow());
            });
  }

  @Test
  @DisplayName("TS-0003 7.1.5: one permitting rule is enough, whatever other policies say")
  void permitOverrides() {
    AccessRules none = new AccessRules("none", List.of());
    AccessRules all =
        READER.read(
            "all",
            ContentCodec.readAttributes(
                Serialization.JSON, "{\"acr\":[{\"acor\":[\"all\"],\"acop\":2}]}".getBytes(UTF_8)));
    AccessRequest request = request(Attributes.builder().put("from", "/asn-1").build());

    assertThat(PolicyDecisionPoint.decide(request, List.of(none), Instant.EPOCH).permitted())
        .isFalse();
    assertThat(PolicyDecisionPoint.decide(request, List.of(none, all), Instant.EPOCH))
        .isEqualTo(new AccessDecision(true, "all, rule 1"));
  }

  /** A RETRIEVE of a container at noon, unless the vector says otherwise. */
  private static AccessRequest request(Attributes request) {
    Set<RoleId> roles = new HashSet<>();
    request.texts("roles").forEach(role -> roles.add(RoleId.parse(role)));
    return new AccessRequest(
        "//sp.example.org" + request.text("from").orElseThrow(),
        roles,
        AccessControlOperation.valueOf(request.text("operation").orElse("RETRIEVE")),
        (int) request.whole("target").orElse(3),
        request.has("created")
            ? OptionalInt.of((int) request.whole("created").orElseThrow())
            : OptionalInt.empty(),
        request.flag("authenticated").orElse(true),
        request.text("address").stream()
            .map(PolicyDecisionPointTest::address)
            .collect(Collectors.toSet()));
  }

  private static Instant time(Attributes request) {
    return M2mTimestamp.parse(request.text("time").orElse("20260301T120000")).orElseThrow();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
