// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How identifiers fold, convert between scopes and compare. */
class IdentifierFormsTest {
  private static final SpId SP = SpId.parse("//sp.example.org");
  private static final CseId IN = new CseId("/id-in");

  @Property
  void aCseIdComesBackFromItsAbsoluteForm(@ForAll("stems") String stem) {
    CseId relative = new CseId("/" + stem);

    assertThat(relative.absolute(SP).toString()).isEqualTo("//sp.example.org/" + stem);
    assertThat(relative.absolute(SP).spRelative()).isEqualTo(relative);
    assertThat(relative.absolute(SP).stem()).isEqualTo(stem);
    assertThat(relative.isSameAs(relative.absolute(SP), SP)).isTrue();
  }

  @Test
  void aCseIdFoldsItsProviderAndKeepsTheCaseOfItsStem() {
    assertThat(new CseId("//SP.Example.ORG/Id-In").toString()).isEqualTo("//sp.example.org/Id-In");
    assertThat(new CseId("/Id-In")).isNotEqualTo(IN);
    assertThat(new CseId("//other.org/id-in").isSameAs(IN, SP)).isFalse();
  }

  @Test
  void theFqdnOfACseIsItsStemBeforeTheProvidersDomain() {
    assertThat(new CseId("/ID-in").fqdn(SP)).isEqualTo(new Fqdn("id-in.sp.example.org"));
    assertThatThrownBy(() -> new CseId("/a_b").fqdn(SP))
        .isInstanceOf(IdentifierSyntaxException.class);
  }

  @Test
  void anAeStemOfACseStandsBelowItAndOneOfTheProviderDoesNot() {
    assertThat(new AeId("Cae1").spRelative(IN).toString()).isEqualTo("/id-in/Cae1");
    assertThat(new AeId("Sae1").spRelative(IN).toString()).isEqualTo("/Sae1");
    assertThat(new AeId("//sp.example.org/id-in/Cae1").spRelative(IN).toString())
        .isEqualTo("/id-in/Cae1");
    assertThat(new AeId("/asn-1/Cae1").spRelative(IN).toString()).isEqualTo("/asn-1/Cae1");
    assertThat(new AeId("/id-in/Cae1").isAssignedByCse()).isTrue();
    assertThat(new AeId("Sae1").isAssignedByCse()).isFalse();
  }

  @Test
  void anAeIdComesBackFromItsAbsoluteForm() {
    for (String relative : List.of("/Sae1", "/asn-1/Cae1")) {
      AeId ae = new AeId(relative);
      assertThat(ae.absolute(SP).value()).isEqualTo("//sp.example.org" + relative);
      assertThat(ae.absolute(SP).spRelative()).isEqualTo(ae);
      assertThat(new AeId("//SP.Example.ORG" + relative)).isEqualTo(ae.absolute(SP));
    }
    assertThat(new AeId("Sae1").absolute(SP).value()).isEqualTo("//sp.example.org/Sae1");
    assertThatThrownBy(() -> new AeId("Cae1").absolute(SP))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new AeId("/asn-1/Cae1").registrar()).isEqualTo(new CseId("/asn-1"));
    assertThatThrownBy(() -> new AeId("/Sae1").registrar())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theFqdnOfAnAeIsItsStemBeforeTheDomainOfWhoeverAssignedIt() {
    assertThat(new AeId("/SAe1").fqdn(SP)).isEqualTo(new Fqdn("sae1.sp.example.org"));
    assertThat(new AeId("/asn-1/Cae1").fqdn(SP)).isEqualTo(new Fqdn("cae1.asn-1.sp.example.org"));
  }

  @Test
  void anEntityIsAnAeWhereItsIdCanBeOnesAndElseACse() {
    for (String ae : List.of("/Sae1", "//sp.example.org/Sae1", "/asn-1/Cae1")) {
      assertThat(EntityId.of(ae)).isEqualTo(new AeId(ae));
    }
    for (String cse : List.of("/asn-1", "//sp.example.org/asn-1", "/Cse")) {
      assertThat(EntityId.of(cse)).isEqualTo(new CseId(cse));
    }
    for (String neither : List.of("", "Sae1", "Cae1", "asn-1", "/a/b")) {
      assertThatThrownBy(() -> EntityId.of(neither)).isInstanceOf(IdentifierSyntaxException.class);
    }
  }

  @Test
  void aKeyIdentifierFoldsHexAndIssuerAndNothingElse() {
    assertThat(KeyIdentifier.parse("00112233445566778899aabbccddeeff@MEF.Example.ORG").toString())
        .isEqualTo("00112233445566778899AABBCCDDEEFF@mef.example.org");
    assertThat(KeyIdentifier.parse("Node-A@mef.example.org").relative()).isEqualTo("Node-A");
    assertThat(KeyIdentifier.parse("Node-A@mef.example.org").relativeKeyId()).isEmpty();
  }

  @Property
  void aRelativeKeyIdIsTheUpperCaseHexOfItsOctets(@ForAll @Size(16) byte[] octets) {
    RelativeKeyId id = RelativeKeyId.of(octets);

    assertThat(id.value()).matches("[0-9A-F]{32}");
    assertThat(new RelativeKeyId(id.value().toLowerCase(Locale.ROOT))).isEqualTo(id);
    assertThat(id.at(new Fqdn("maf.example.org")).relativeKeyId()).hasValue(id);
  }

  @Test
  void anAddressKnowsItsScope() {
    assertThat(ResourceAddress.parse("-/data"))
        .isEqualTo(new ResourceAddress.CseRelative(List.of("-", "data")));
    assertThat(ResourceAddress.parse("/id-in/cse-in"))
        .isEqualTo(new ResourceAddress.SpRelative(List.of("id-in", "cse-in")));
    assertThat(ResourceAddress.parse("//MAF.sp.example.org/-"))
        .isEqualTo(new ResourceAddress.Absolute(new Fqdn("maf.sp.example.org"), List.of("-")));
  }

  @Provide
  Arbitrary<String> stems() {
    return Arbitraries.strings()
        .withChars("abcdefXYZ0123456789._-")
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(stem -> Character.isLetterOrDigit(stem.charAt(0)));
  }
}
