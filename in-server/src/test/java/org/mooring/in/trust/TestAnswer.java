// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResponsePrimitive;

/** What a client got back. */
public record TestAnswer(ResponsePrimitive response, Optional<Refusal> refusal) {
  static TestAnswer of(ResponsePrimitive response) {
    return new TestAnswer(response, Optional.empty());
  }

  static TestAnswer refused(RefusedException e) {
    return new TestAnswer(ResponsePrimitive.refused(e, ""), Optional.of(e.refusal()));
  }

  /** The answer, which is a success with this status code. */
  public TestAnswer succeedsWith(int rsc) {
    assertThat(refusal).as("refusal").isEmpty();
    assertThat(response.status().code()).isEqualTo(rsc);
    return this;
  }

  public void isRefusedWith(Refusal reason, int rsc, int coapCode) {
    assertThat(refusal).contains(reason);
    assertThat(response.status().code()).isEqualTo(rsc);
    assertThat(response.coapCode()).isEqualTo(coapCode);
  }

  public Attributes attributes() {
    return response.content().orElseThrow().attributes();
  }

  public String text(String name) {
    return attributes().text(name).orElseThrow();
  }

  public String id() {
    return text("ri");
  }

  public Instant end() {
    return attributes().timestamp("et").orElseThrow();
  }
}
