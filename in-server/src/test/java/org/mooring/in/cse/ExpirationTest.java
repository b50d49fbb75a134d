// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.START;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;

class ExpirationTest extends RegisteredNodeTest {
  @Test
  @DisplayName("TS-0004 7.3.3.3: an absent et is assigned: below the CSEBase the longest life")
  void assigned() {
    Instant limit = START.plus(LONGEST_LIFE);

    assertThat(node.retrieve(NODE).time("et")).isEqualTo(limit);
    assertThat(node.container(NODE, "data").time("et")).isEqualTo(limit);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: an et later than the parent's is reduced to it")
  void reduced() {
    Instant parent = node.retrieve(NODE).time("et");

    assertThat(node.create(NODE, CNT, "{'et':'99991231T235959'}").time("et")).isEqualTo(parent);
    assertThat(node.create(NODE, CNT, expiring(parent.minusSeconds(1))).time("et"))
        .isEqualTo(parent.minusSeconds(1));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: an et in the past or now is refused with 4000")
  void past() {
    node.container(NODE, "data");
    for (Instant et : new Instant[] {START, START.minusSeconds(1)}) {
      assertRefused(Refusal.EXPIRATION_IN_THE_PAST, () -> node.create(NODE, CNT, expiring(et)));
      assertRefused(Refusal.EXPIRATION_IN_THE_PAST, () -> node.update(DATA, CNT, expiring(et)));
    }
  }

  @Test
  @DisplayName("TS-0004 7.3.3.7: an et below a child's is refused with 4000")
  void beforeChild() {
    node.create(NODE, CNT, "{'rn':'data'," + member(START.plusSeconds(100)) + "}");

    assertRefused(
        Refusal.EXPIRATION_BEFORE_CHILD,
        () -> node.update(NODE, CSR, expiring(START.plusSeconds(99))));
    assertThat(node.update(NODE, CSR, expiring(START.plusSeconds(100))).time("et"))
        .isEqualTo(START.plusSeconds(100));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.5: a refreshed registration lives on")
  void refreshed() {
    cse.pass(LONGEST_LIFE.minusSeconds(1));
    node.update(NODE, CSR, "{'et':'99991231T235959'}");
    cse.pass(LONGEST_LIFE.minusSeconds(1));

    assertThat(node.retrieve(NODE).status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.5: what expired is not found, though nobody swept")
  void expired() {
    node.create(NODE, CNT, "{'rn':'data'," + member(START.plusSeconds(100)) + "}");
    String instance = node.publish(DATA, "1").text("ri");

    cse.pass(Duration.ofSeconds(99));
    assertThat(node.retrieve(DATA).status()).isEqualTo(2000);
    cse.pass(Duration.ofSeconds(1));

    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(DATA));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(instance));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.publish(DATA, "2"));
    assertThat(node.container(NODE, "data").status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.5: sweeping deletes what expired and moves the counters")
  void swept() {
    node.container(NODE, "data");
    node.create(DATA, TestCse.CIN, "{'con':'four'," + member(START.plusSeconds(10)) + "}");
    node.create(DATA, TestCse.CIN, "{'con':'sixsix'," + member(START.plusSeconds(20)) + "}");
    cse.pass(Duration.ofSeconds(10));
    long unswept = node.retrieve(DATA).whole("cni");

    assertThat(cse.sweep()).isEqualTo(1);
    assertThat(cse.sweep()).isZero();

    assertThat(unswept).isEqualTo(1);
    assertThat(node.retrieve(DATA).whole("cni")).isEqualTo(1);
    assertThat(node.retrieve(DATA).whole("cbs")).isEqualTo(6);
  }

  private static String expiring(Instant et) {
    return "{" + member(et) + "}";
  }

  private static String member(Instant et) {
    return "'et':'" + M2mTimestamp.format(et) + "'";
  }
}
