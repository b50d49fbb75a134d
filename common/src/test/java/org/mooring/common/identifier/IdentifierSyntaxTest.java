// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mooring.common.vectors.Vectors;

/** The ABNF of every identifier, as tables of texts that follow it and texts that do not. */
class IdentifierSyntaxTest {
  private static final String FILE = "identifier-syntax.json";
  private static final Map<String, Function<String, Object>> PARSERS =
      Map.ofEntries(
          Map.entry("CSE-ID", CseId::new),
          Map.entry("AE-ID", AeId::new),
          Map.entry("App-ID", AppId::new),
          Map.entry("FQDN", Fqdn::new),
          Map.entry("M2M-SP-ID", SpId::parse),
          Map.entry("M2M-Node-ID", NodeId::new),
          Map.entry("RelativeKeyID", RelativeKeyId::new),
          Map.entry("key identifier", KeyIdentifier::parse),
          Map.entry("resourceName", ResourceName::new),
          Map.entry("To", ResourceAddress::parse),
          Map.entry("App-Inst-ID", AppInstanceId::new),
          Map.entry("Token-ID", TokenId::parse),
          Map.entry("Role-ID", RoleId::parse));

  @TestFactory
  Stream<DynamicTest> aTextThatFollowsTheSyntaxIsTaken() {
    return tests(
        "valid",
        (identifier, text) -> {
          Object parsed = parse(identifier, text);
          assertThat(parsed.toString()).isEqualToIgnoringCase(text);
          assertThat(parse(identifier, parsed.toString())).isEqualTo(parsed);
        });
  }

  @TestFactory
  Stream<DynamicTest> aTextThatDoesNotFollowTheSyntaxIsRefusedWithARule() {
    return tests(
        "invalid",
        (identifier, text) ->
            assertThatThrownBy(() -> parse(identifier, text))
                .isInstanceOf(IdentifierSyntaxException.class)
                .hasMessageMatching("[A-Za-z0-9 -]+: .+"));
  }

  @Property
  void anyTextIsTakenOrRefusedAndWhatIsTakenComesBack(@ForAll String text) {
    for (Function<String, Object> parser : PARSERS.values()) {
      try {
        Object parsed = parser.apply(text);
        assertThat(parser.apply(parsed.toString())).isEqualTo(parsed);
      } catch (IdentifierSyntaxException refused) {
        assertThat(refused).hasMessageContaining(": ");
      }
    }
  }

  private interface Check {
    void accept(String identifier, String text);
  }

  private static Stream<DynamicTest> tests(String kind, Check check) {
    return PARSERS.keySet().stream()
        .sorted()
        .flatMap(
            identifier -> {
              List<Vectors.Row> rows = Vectors.rows(FILE, identifier + " " + kind);
              return rows.stream()
                  .map(
                      row ->
                          DynamicTest.dynamicTest(
                              identifier + " '" + row.get("text") + "'",
                              () -> check.accept(identifier, row.get("text"))));
            });
  }

  private static Object parse(String identifier, String text) {
    Function<String, Object> parser = PARSERS.get(identifier);
    if (parser == null) {
      throw new IllegalArgumentException(identifier);
    }
    return parser.apply(text);
  }
}
