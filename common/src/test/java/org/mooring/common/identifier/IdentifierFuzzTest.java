// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A text is an identifier whose written form names the same thing, or a syntax error. */
class IdentifierFuzzTest {
  private static final SpId SP = SpId.parse("//sp.example.org");
  private static final CseId REGISTRAR = new CseId("/id-in");

  /** No identifier holds it. */
  private static final String MARK = "\u2603";

  private static final List<Function<String, ?>> IDENTIFIERS =
      List.of(
          AeId::new,
          AppId::new,
          AppInstanceId::new,
          CseId::new,
          Fqdn::new,
          KeyIdentifier::parse,
          NodeId::new,
          RelativeKeyId::new,
          ResourceAddress::parse,
          ResourceName::new,
          RoleId::parse,
          SpId::parse,
          TokenId::parse);

  @FuzzTest
  void aTextIsAnIdentifierOrASyntaxError(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    for (Function<String, ?> identifier : IDENTIFIERS) {
      parsed(identifier, text).ifPresent(found -> comesBack(identifier, found, text));
      assertThat(parsed(identifier, MARK + text)).isEmpty();
      assertThat(parsed(identifier, text + MARK)).isEmpty();
    }
    assertThat(Fqdn.isValid(text)).isEqualTo(parsed(Fqdn::new, text).isPresent());
    assertThat(CseId.isValid(text)).isEqualTo(parsed(CseId::new, text).isPresent());
    assertThat(AeId.isValid(text)).isEqualTo(parsed(AeId::new, text).isPresent());
    assertThat(RelativeKeyId.isValid(text)).isEqualTo(parsed(RelativeKeyId::new, text).isPresent());
  }

  @FuzzTest
  void theFormsOfAnIdentifierAreIdentifiers(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    parsed(CseId::new, text)
        .ifPresent(
            cse -> {
              assertThat(cse.spRelative().absolute(SP).stem()).isEqualTo(cse.stem());
              assertThat(cse.isSameAs(cse.absolute(SP), SP)).isTrue();
              parsed(stem -> cse.fqdn(SP), "")
                  .ifPresent(fqdn -> assertThat(fqdn.value()).endsWith(".sp.example.org"));
            });
    parsed(AeId::new, text)
        .ifPresent(
            ae -> {
              AeId relative = ae.spRelative(REGISTRAR);
              assertThat(relative.isAbsolute() || relative.isStem()).isFalse();
              assertThat(relative.stem()).isEqualTo(ae.stem());
            });
    parsed(KeyIdentifier::parse, text)
        .flatMap(key -> key.relativeKeyId().map(relative -> relative.at(key.issuer())))
        .ifPresent(key -> assertThat(key).isEqualTo(KeyIdentifier.parse(text)));
  }

  private static <T> Optional<T> parsed(Function<String, T> identifier, String text) {
    try {
      return Optional.of(identifier.apply(text));
    } catch (IdentifierSyntaxException e) {
      assertThat(e.getMessage()).doesNotContain(MARK).hasSizeLessThan(256);
      return Optional.empty();
    }
  }

  private static void comesBack(Function<String, ?> identifier, Object found, String text) {
    assertThat((Object) identifier.apply(found.toString())).isEqualTo(found);
    assertThat(text).matches("[!-~]+");
    assertThat(found.toString()).isEqualToIgnoringCase(text);
  }
}
