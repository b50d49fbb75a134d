// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrimitiveTest {
  private static final Attributes ATTRIBUTES =
      Attributes.builder()
          .put("rn", "data")
          .put("mni", 7)
          .put("disr", true)
          .put("lbl", List.of("a", "b"))
          .put("kv", new byte[] {1, 2})
          .put("mi", Attributes.builder().put("x", "y").build())
          .build();

  @Test
  void attributesAreReadByTheirTypeAndAbsentAsAnotherOne() {
    assertThat(ATTRIBUTES.text("rn")).hasValue("data");
    assertThat(ATTRIBUTES.whole("mni")).hasValue(7);
    assertThat(ATTRIBUTES.flag("disr")).hasValue(true);
    assertThat(ATTRIBUTES.texts("lbl")).containsExactly("a", "b");
    assertThat(ATTRIBUTES.octets("kv")).hasValue(new byte[] {1, 2});
    assertThat(ATTRIBUTES.members("mi").orElseThrow().text("x")).hasValue("y");
    assertThat(ATTRIBUTES.text("mni")).isEmpty();
    assertThat(ATTRIBUTES.whole("rn")).isEmpty();
    assertThat(ATTRIBUTES.texts("rn")).isEmpty();
  }

  @Test
  void anUpdateReplacesWhatItGivesAndRemovesWhatItNulls() {
    Attributes update =
        Attributes.builder()
            .put("rn", "other")
            .put("mni", AttributeValue.Nothing.NOTHING)
            .put("st", 1)
            .build();

    Attributes updated = ATTRIBUTES.updatedBy(update).without(Set.of("lbl", "kv", "mi"));

    assertThat(updated)
        .isEqualTo(Attributes.builder().put("rn", "other").put("disr", true).put("st", 1).build());
    assertThat(ATTRIBUTES.whole("mni")).hasValue(7);
  }

  @Test
  void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
    Attributes.Builder builder = Attributes.builder().put("a", 1);
    Attributes first = builder.build();
    builder.put("b", 2);

    assertThat(first.names()).containsExactly("a");
  }

  @Test
  void noTextFormShowsAValue() {
    Representation content = Representation.of("sec:skr", ATTRIBUTES);
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "maf", "r1").content(content).build();

    assertThat(ATTRIBUTES.toString()).doesNotContain("data").doesNotContain("1, 2");
    assertThat(content.toString()).isEqualTo("Representation[sec:skr]");
    assertThat(request.toString()).isEqualTo("CREATE maf rqi=r1");
    assertThat(new AttributeValue.Octets(new byte[] {9, 9}).toString()).isEqualTo("Octets[2]");
    assertThat(new AttributeValue.Members(ATTRIBUTES).toString()).doesNotContain("data");
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void aRefusalSaysWhatToDoAndHasTheClassOfItsStatus(Refusal refusal) {
    ResponsePrimitive answer = ResponsePrimitive.refused(refusal.of("From"), "r1");

    assertThat(answer.debugInfo())
        .hasValue(refusal.status().name() + ": From: " + refusal.remedy());
    assertThat(answer.requestId()).isEqualTo("r1");
    assertThat(refusal.remedy()).isNotBlank().doesNotEndWith(".");
    assertThat(refusal.coapCode()).isBetween(400, 599);
    assertThat(refusal.status().isSuccess()).isFalse();
  }

  @Test
  void anEmptyFromStandsForNone() {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "cse-in", "r1").from("").build();

    assertThat(request.from()).isEmpty();
  }

  @Test
  void aCopyOfARequestHasEveryParameter() {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "cse-in", "r1")
            .from("/asn-1")
            .resourceType(3)
            .content(Representation.of("m2m:cnt", ATTRIBUTES))
            .resultContent(ResultContent.NOTHING)
            .releaseVersion(ReleaseVersion.RELEASE_2A)
            .requestExpiration(M2mTimestamp.NEVER)
            .build();

    assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
    assertThat(request.toBuilder().to("x").requestId("r2").build().to()).isEqualTo("x");
  }

  @Test
  void aRequestExpiresByALatestTime() {
    Instant latest = Instant.parse("2026-03-01T12:00:00Z");
    RequestPrimitive endless = RequestPrimitive.builder(Operation.CREATE, "cse-in", "r1").build();
    RequestPrimitive sooner = endless.toBuilder().requestExpiration(latest.minusMillis(1)).build();
    RequestPrimitive later = endless.toBuilder().requestExpiration(latest.plusMillis(1)).build();

    assertThat(endless.expiringBy(latest).requestExpiration()).contains(latest);
    assertThat(later.expiringBy(latest).requestExpiration()).contains(latest);
    assertThat(sooner.expiringBy(latest)).isSameAs(sooner);
  }
}
