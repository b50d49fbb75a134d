// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;

/** Any attributes are a representation in normal form of a type of the table, or refused. */
class RepresentationValidatorFuzzTest {
  /** Made part of every text, it would show in a message that repeats one. */
  private static final String MARK = "\u2603";

  private static final List<ResourcePolicy> POLICIES = policies();

  private static List<ResourcePolicy> policies() {
    List<ResourcePolicy> policies = new ArrayList<>(CseResources.table().policies());
    policies.addAll(
        List.of(
            TrustResources.MAF_BASE,
            TrustResources.MEF_BASE,
            TrustResources.MAF_CLIENT_REG,
            TrustResources.MEF_CLIENT_REG,
            TrustResources.SYMM_KEY_REG));
    return policies;
  }

  @FuzzTest
  void jsonIsARepresentationOrRefused(byte[] json) {
    checkEveryType(Serialization.JSON, json);
  }

  @FuzzTest
  void cborIsARepresentationOrRefused(byte[] cbor) {
    checkEveryType(Serialization.CBOR, cbor);
  }

  private static void checkEveryType(Serialization serialization, byte[] octets) {
    Attributes attributes;
    try {
      attributes = ContentCodec.readAttributes(serialization, octets);
    } catch (RefusedException e) {
      return;
    }
    for (ResourcePolicy policy : POLICIES) {
      for (Attributes given : List.of(attributes, marked(attributes))) {
        check(RepresentationValidator::forCreate, policy, given);
        check(RepresentationValidator::forUpdate, policy, given);
      }
    }
  }

  private static void check(
      BiFunction<ResourcePolicy, Representation, Attributes> rules,
      ResourcePolicy policy,
      Attributes given) {
    checked(rules, policy, given)
        .ifPresent(
            normal -> {
              assertThat(normal.names()).isEqualTo(given.names());
              assertThat(checked(rules, policy, normal)).contains(normal);
            });
  }

  private static Optional<Attributes> checked(
      BiFunction<ResourcePolicy, Representation, Attributes> rules,
      ResourcePolicy policy,
      Attributes given) {
    try {
      return Optional.of(rules.apply(policy, Representation.of(policy.type().root(), given)));
    } catch (RefusedException e) {
      assertThat(e.getMessage())
          .doesNotContain(MARK)
          .doesNotContainPattern("\\p{Cntrl}")
          .hasSizeLessThan(256);
      return Optional.empty();
    }
  }

  private static Attributes marked(Attributes attributes) {
    Attributes.Builder marked = Attributes.builder();
    attributes.asMap().forEach((name, value) -> marked.put(name, marked(value)));
    return marked.build();
  }

  private static AttributeValue marked(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return AttributeValue.of(text.value() + MARK);
    }
    if (value instanceof AttributeValue.Items items) {
      return new AttributeValue.Items(
          items.values().stream().map(RepresentationValidatorFuzzTest::marked).toList());
    }
    return value instanceof AttributeValue.Members members
        ? new AttributeValue.Members(marked(members.attributes()))
        : value;
  }
}
