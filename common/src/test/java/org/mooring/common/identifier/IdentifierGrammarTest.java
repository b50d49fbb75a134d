// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The loops that check identifiers say what the standard's rules say as regular expressions. */
class IdentifierGrammarTest {
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");
  private static final Pattern LABELS =
      Pattern.compile(
          "(?=.{1,253}$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");
  private static final Pattern RELATIVE = Pattern.compile("[A-Za-z0-9._+/=-]{1,126}");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");
  private static final List<Character> EDGES =
      "/:@[`{+=!~ \u007F\n\0\u00E9\uFF10\u212A".chars().mapToObj(c -> (char) c).toList();
  private static final Fqdn SHORTEST_ISSUER = new Fqdn("x");

  @Property
  void unreserved(@ForAll("texts") String text) {
    assertThat(Syntax.isUnreserved(text)).isEqualTo(follows(UNRESERVED, text));
  }

  @Property
  void domainNames(@ForAll("texts") String text) {
    assertThat(Fqdn.isValid(text)).isEqualTo(follows(LABELS, text));
  }

  @Property
  void relativePartsOfKeyIdentifiers(@ForAll("texts") String text) {
    assertThat(isTaken(part -> new KeyIdentifier(part, SHORTEST_ISSUER), text))
        .isEqualTo(follows(RELATIVE, text));
  }

  @Property
  void relativeKeyIds(@ForAll("hexLike") String text) {
    assertThat(RelativeKeyId.isValid(text)).isEqualTo(follows(HEX, text));
  }

  @Property
  void nodeIds(@ForAll("texts") String text) {
    assertThat(isTaken(NodeId::new, text)).isEqualTo(follows(VISIBLE, text));
  }

  @Property
  void aeIdsAreAskedAboutAsTheyAreRead(@ForAll("entities") String text) {
    assertThat(AeId.isValid(text)).isEqualTo(isTaken(AeId::new, text));
  }

  @Property
  void cseIdsAreAskedAboutAsTheyAreRead(@ForAll("entities") String text) {
    assertThat(CseId.isValid(text)).isEqualTo(isTaken(CseId::new, text));
  }

  private static boolean follows(Pattern rule, String text) {
    return rule.matcher(text).matches();
  }

  private static boolean isTaken(Function<String, Object> identifier, String text) {
    try {
      return identifier.apply(text) != null;
    } catch (IdentifierSyntaxException e) {
      return false;
    }
  }

  /** Characters on both sides of every range's ends, and lengths around every bound. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> likely = Arbitraries.of('a', 'z', 'A', 'Z', '0', '9');
    Arbitrary<Character> signs = Arbitraries.of('-', '.', '_');
    Arbitrary<Character> edges = Arbitraries.of(EDGES);
    Arbitrary<Character> mixed =
        Arbitraries.frequencyOf(Tuple.of(60, likely), Tuple.of(8, signs), Tuple.of(1, edges));
    Arbitrary<String> shortOnes =
        mixed.array(Character[].class).ofMaxSize(12).map(IdentifierGrammarTest::joined);
    Arbitrary<String> runs =
        Arbitraries.of(1, 62, 63, 64, 125, 126, 127, 189, 252, 253, 254, 255, 256)
            .flatMap(length -> likely.map(c -> String.valueOf(c).repeat(length)));
    Arbitrary<String> joinedRuns =
        runs.list().ofMinSize(1).ofMaxSize(5).map(labels -> String.join(".", labels));
    return Arbitraries.oneOf(shortOnes, runs, joinedRuns);
  }

  /** What may stand before a stem, and stems of AEs, of CSEs and of nobody. */
  @Provide
  Arbitrary<String> entities() {
    Arbitrary<String> prefixes =
        Arbitraries.of(
            "",
            "/",
            "//",
            "///",
            "cse/",
            "/cse/",
            "/c!/",
            "//sp.example.org/",
            "//sp..org/",
            "//sp.example.org//",
            "//sp.example.org/cse/",
            "//SP.example.org/cse/",
            "//sp.example.org/c!/",
            "//sp.example.org/cse/more/");
    Arbitrary<String> letters = Arbitraries.of("", "C", "S", "c", "s", "/");
    return Combinators.combine(prefixes, letters, texts())
        .as((prefix, letter, text) -> prefix + letter + text);
  }

  @Provide
  Arbitrary<String> hexLike() {
    Arbitrary<Character> digits = Arbitraries.of('0', '9', 'a', 'f', 'A', 'F');
    Arbitrary<Character> others = Arbitraries.of('/', ':', '@', 'G', '`', 'g', '\uFF11');
    return Arbitraries.frequencyOf(Tuple.of(99, digits), Tuple.of(1, others))
        .array(Character[].class)
        .ofMinSize(31)
        .ofMaxSize(33)
        .map(IdentifierGrammarTest::joined);
  }

  private static String joined(Character[] characters) {
    StringBuilder text = new StringBuilder();
    for (Character character : characters) {
      text.append(character);
    }
    return text.toString();
  }
}
