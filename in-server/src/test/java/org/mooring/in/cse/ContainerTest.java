// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CIN;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.START;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResultContent;

class ContainerTest extends RegisteredNodeTest {
  @Test
  @DisplayName("TS-0004 7.4.6: an empty container counts nothing")
  void empty() {
    TestCse.Answer created = node.container(NODE, "data");

    assertThat(created.whole("cni")).isZero();
    assertThat(created.whole("cbs")).isZero();
    assertThat(created.whole("st")).isZero();
  }

  @Test
  @DisplayName("TS-0004 7.4.7: an instance moves the counters and takes the next stateTag")
  void counters() {
    node.container(NODE, "data");
    cse.pass(Duration.ofSeconds(5));

    TestCse.Answer first = node.publish(DATA, "grün");
    TestCse.Answer second = node.publish(DATA, "21");

    assertThat(first.whole("cs")).isEqualTo(5);
    assertThat(first.whole("st")).isEqualTo(1);
    assertThat(second.whole("st")).isEqualTo(2);
    TestCse.Answer container = node.retrieve(DATA);
    assertThat(container.whole("cni")).isEqualTo(2);
    assertThat(container.whole("cbs")).isEqualTo(7);
    assertThat(container.whole("st")).isEqualTo(2);
    assertThat(container.time("lt")).isEqualTo(START.plusSeconds(5));
  }

  @ParameterizedTest
  @DisplayName("TS-0004 7.4.7: contentSize counts the octets of a text, else of the JSON value")
  @CsvSource(
      delimiter = '|',
      value = {"'abc'|3", "''|0", "21|2", "true|4", "{'t':21}|8", "[1,2]|5", "'€'|3"},
      quoteCharacter = '~')
  void contentSize(String content, long octets) {
    node.container(NODE, "data");

    assertThat(node.create(DATA, CIN, "{'con':" + content + "}").whole("cs")).isEqualTo(octets);
  }

  @Test
  @DisplayName("TS-0004 7.4.27: la is the youngest, ol the oldest, each can be deleted")
  void latestAndOldest() {
    node.container(NODE, "data");
    node.publish(DATA, "1");
    node.publish(DATA, "2");
    node.publish(DATA, "3");

    assertThat(node.retrieve(DATA + "/la").text("con")).isEqualTo("3");
    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("1");
    assertThat(node.delete(DATA + "/la").status()).isEqualTo(2002);
    assertThat(node.delete(DATA + "/ol").status()).isEqualTo(2002);
    assertThat(node.retrieve(DATA + "/la").text("con")).isEqualTo("2");
    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("2");
    assertThat(node.retrieve(DATA).whole("cni")).isEqualTo(1);
  }

  @ParameterizedTest
  @DisplayName("TS-0004 7.4.27: without instances la and ol are not found; neither takes an UPDATE")
  @ValueSource(strings = {"/la", "/ol"})
  void virtualRefusals(String child) {
    node.container(NODE, "data");

    assertRefused(Refusal.NO_INSTANCE, () -> node.retrieve(DATA + child));
    assertRefused(Refusal.NO_INSTANCE, () -> node.delete(DATA + child));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, () -> node.update(DATA + child, CIN, "{'lbl':['a']}"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.publish(DATA + child, "1"));
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> node.create(DATA, CIN, "{'rn':'" + child.substring(1) + "','con':'1'}"));
  }

  @Test
  @DisplayName("TS-0004 7.4.6: over mni the oldest goes")
  void maxNrOfInstances() {
    node.create(NODE, CNT, "{'rn':'data','mni':2}");
    node.publish(DATA, "1");
    node.publish(DATA, "22");
    node.publish(DATA, "333");

    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("22");
    assertThat(node.retrieve(DATA).whole("cni")).isEqualTo(2);
    assertThat(node.retrieve(DATA).whole("cbs")).isEqualTo(5);
  }

  @Test
  @DisplayName("TS-0004 7.4.6: over mbs the oldest go, as many as needed")
  void maxByteSize() {
    node.create(NODE, CNT, "{'rn':'data','mbs':6}");
    node.publish(DATA, "11");
    node.publish(DATA, "22");
    node.publish(DATA, "55555");

    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("55555");
    assertThat(node.retrieve(DATA).whole("cbs")).isEqualTo(5);
  }

  @Test
  @DisplayName("TS-0004 7.4.7: a content over mbs is refused with 5207 and stores nothing")
  void tooLarge() {
    node.create(NODE, CNT, "{'rn':'data','mbs':3}");
    node.publish(DATA, "333");

    assertRefused(Refusal.CONTENT_TOO_LARGE_FOR_CONTAINER, () -> node.publish(DATA, "4444"));

    assertThat(node.retrieve(DATA + "/la").text("con")).isEqualTo("333");
    assertThat(node.retrieve(DATA).whole("st")).isEqualTo(1);
  }

  @Test
  @DisplayName("TS-0004 7.4.6: lower limits take effect at once")
  void loweredLimits() {
    node.container(NODE, "data");
    for (String content : new String[] {"1", "22", "333"}) {
      node.publish(DATA, content);
    }

    assertThat(node.update(DATA, CNT, "{'mni':2}").whole("cni")).isEqualTo(2);
    assertThat(node.update(DATA, CNT, "{'mbs':3}").whole("cbs")).isEqualTo(3);
    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("333");
  }

  @Test
  @DisplayName("TS-0004 7.4.7: an instance lives no longer than mia")
  void maxInstanceAge() {
    node.create(NODE, CNT, "{'rn':'data','mia':60}");
    assertThat(node.publish(DATA, "1").time("et")).isEqualTo(START.plusSeconds(60));
    cse.pass(Duration.ofSeconds(30));
    node.publish(DATA, "22");

    TestCse.Answer shorter = node.update(DATA, CNT, "{'mia':30}");

    assertThat(shorter.whole("cni")).isEqualTo(1);
    assertThat(node.retrieve(DATA + "/ol").text("con")).isEqualTo("22");
    assertThat(node.retrieve(DATA + "/ol").time("et")).isEqualTo(START.plusSeconds(60));
  }

  @Test
  @DisplayName("TS-0004 7.4.6: disableRetrieval closes the instances and la and ol with 4005")
  void disableRetrieval() {
    node.create(NODE, CNT, "{'rn':'data','disr':true}");
    node.create(DATA, CIN, "{'rn':'one','con':'1'}");

    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.retrieve(DATA + "/one"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.retrieve(DATA + "/la"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.retrieve(DATA + "/ol"));
    assertThat(
            node.send(
                    node.request(Operation.RETRIEVE, DATA)
                        .resultContent(ResultContent.ATTRIBUTES_AND_CHILD_RESOURCES))
                .attributes()
                .has("m2m:cin"))
        .isFalse();
    node.update(DATA, CNT, "{'disr':false}");
    assertThat(node.retrieve(DATA + "/la").text("con")).isEqualTo("1");
  }
}
