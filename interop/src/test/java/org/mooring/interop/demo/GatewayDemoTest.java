// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.Jars;

/** The demo with a gateway: node, MN-CSE and provider's server are processes of their own. */
class GatewayDemoTest {
  @Test
  void anAeOnANodePublishesThroughBothHops() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    DemoOutput output = new DemoOutput(new PrintStream(printed, true, StandardCharsets.UTF_8));

    new Demo(Jars.ofThisProject(), EnrolmentPath.MAF, Method.PSK, Hops.MN, output).run(false);

    String line =
        printed
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(text -> text.startsWith("{"))
            .reduce((earlier, last) -> last)
            .orElseThrow();
    Attributes told =
        ContentCodec.readAttributes(Serialization.JSON, line.getBytes(StandardCharsets.UTF_8));
    assertThat(told.text("outcome")).contains("REGISTERED");
    assertThat(told.text("registrar")).contains("/mn-1");
    assertThat(told.texts("aeIds"))
        .satisfiesExactly(
            ofTheNode -> assertThat(ofTheNode).startsWith("C"),
            ofTheProvider -> assertThat(ofTheProvider).startsWith("S").hasSizeGreaterThan(1));
    assertThat(told.text("kcId").orElseThrow()).endsWith("@maf.sp.example.org");
    assertThat(line).contains("\"publish\"").contains("\"read\"");
  }
}
