// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.assertRefused;
import static org.mooring.in.cse.TestCse.json;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResultContent;

class ResultContentTest extends RegisteredNodeTest {
  @ParameterizedTest
  @DisplayName("TS-0001 table 8.1.2-1: combinations without a meaning are refused with 4000")
  @CsvSource({
    "CREATE, 4",
    "CREATE, 5",
    "CREATE, 6",
    "CREATE, 7",
    "CREATE, 8",
    "RETRIEVE, 0",
    "RETRIEVE, 2",
    "RETRIEVE, 3",
    "RETRIEVE, 7",
    "RETRIEVE, 9",
    "UPDATE, 2",
    "UPDATE, 3",
    "UPDATE, 4",
    "UPDATE, 5",
    "UPDATE, 6",
    "UPDATE, 7",
    "UPDATE, 8",
    "DELETE, 2",
    "DELETE, 3",
    "DELETE, 7",
    "DELETE, 9"
  })
  void invalid(Operation operation, int code) {
    node.container(NODE, "data");
    ResultContent wanted = ResultContent.of(code).orElseThrow();

    assertRefused(
        Refusal.INVALID_PARAMETER,
        () -> node.send(node.request(operation, DATA).resultContent(wanted)));
    assertThat(node.retrieve(DATA).status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.5.2: CREATE answers nothing, an address, both or what it assigned")
  void create() {
    assertThat(create("a", ResultContent.NOTHING).response().content()).isEmpty();
    assertThat(create("b", ResultContent.HIERARCHICAL_ADDRESS).response().content())
        .contains(Representation.of("m2m:uri", NODE + "/b"));
    assertThat(create("b2", ResultContent.HIERARCHICAL_ADDRESS).response().location())
        .contains(NODE + "/b2");
    TestCse.Answer both = create("c", ResultContent.HIERARCHICAL_ADDRESS_AND_ATTRIBUTES);
    assertThat(both.text("uri")).isEqualTo(NODE + "/c");
    assertThat(both.attributes().members("m2m:cnt").flatMap(cnt -> cnt.text("rn"))).contains("c");
    Attributes assigned = create("d", ResultContent.MODIFIED_ATTRIBUTES).attributes();
    assertThat(assigned.names()).contains("ri", "ct", "et").doesNotContain("rn", "mni");
  }

  @Test
  @DisplayName("TS-0004 7.5.2: UPDATE answers nothing or what changed beside the request")
  void update() {
    node.container(NODE, "data");
    cse.pass(Duration.ofSeconds(3));

    assertThat(update("{'mni':3}", ResultContent.NOTHING).response().content()).isEmpty();
    assertThat(update("{'mni':4}", ResultContent.MODIFIED_ATTRIBUTES).attributes().names())
        .containsExactly("st");
    assertThat(
            update("{'et':'99991231T235959'}", ResultContent.MODIFIED_ATTRIBUTES)
                .attributes()
                .has("mni"))
        .isFalse();
  }

  @Test
  @DisplayName("TS-0004 7.5.2: RETRIEVE answers children nested or as references, at any depth")
  void retrieve() {
    node.container(NODE, "data");
    node.container(DATA, "inner");
    node.publish(DATA + "/inner", "1");
    node.publish(DATA + "/inner", "2");

    Attributes whole = retrieve(ResultContent.ATTRIBUTES_AND_CHILD_RESOURCES).attributes();
    Attributes inner = first(whole, "m2m:cnt");
    assertThat(whole.text("rn")).contains("data");
    assertThat(inner.text("rn")).contains("inner");
    assertThat(first(inner, "m2m:cin").text("con")).contains("1");
    assertThat(items(inner, "m2m:cin")).hasSize(2);
    assertThat(retrieve(ResultContent.CHILD_RESOURCES).attributes().names())
        .containsExactly("m2m:cnt");
    Attributes references = retrieve(ResultContent.CHILD_REFERENCES).attributes();
    assertThat(items(references, "rrf")).hasSize(3);
    assertThat(first(references, "rrf"))
        .isEqualTo(json("{'nm':'inner','typ':3,'val':'" + DATA + "/inner'}"));
    Attributes both = retrieve(ResultContent.ATTRIBUTES_AND_CHILD_REFERENCES).attributes();
    assertThat(both.text("rn")).contains("data");
    assertThat(items(both, "ch")).hasSize(3);
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: of the CSEBase's descendants a node sees its own")
  void ownDescendants() {
    node.container(NODE, "data");
    cse.registered("/asn-10").container("cse-in/asn-10", "data");
    cse.openAe("Cmeter", "meter");

    assertThat(references(node, "cse-in")).containsExactly(NODE, DATA);
    assertThat(references(cse.open("Cmeter"), "cse-in")).containsExactly("cse-in/meter");
  }

  @Test
  @DisplayName("TS-0004 7.5.2: DELETE answers what was deleted where it is asked for")
  void delete() {
    node.container(NODE, "data");
    node.publish(DATA, "1");

    TestCse.Answer answer =
        node.send(
            node.request(Operation.DELETE, DATA)
                .resultContent(ResultContent.ATTRIBUTES_AND_CHILD_RESOURCES));

    assertThat(answer.status()).isEqualTo(2002);
    assertThat(first(answer.attributes(), "m2m:cin").text("con")).contains("1");
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(DATA));
  }

  private TestCse.Answer create(String name, ResultContent wanted) {
    return node.send(
        node.request(Operation.CREATE, NODE, CNT, "{'rn':'" + name + "','mni':9}")
            .resultContent(wanted));
  }

  private TestCse.Answer update(String attributes, ResultContent wanted) {
    return node.send(
        node.request(Operation.UPDATE, DATA)
            .content(Representation.of("m2m:cnt", json(attributes)))
            .resultContent(wanted));
  }

  private TestCse.Answer retrieve(ResultContent wanted) {
    return node.send(node.request(Operation.RETRIEVE, DATA).resultContent(wanted));
  }

  private static List<String> references(TestCse.Party party, String to) {
    Attributes answer =
        party
            .send(
                party.request(Operation.RETRIEVE, to).resultContent(ResultContent.CHILD_REFERENCES))
            .attributes();
    return items(answer, "rrf").stream()
        .map(reference -> members(reference).text("val").orElseThrow())
        .toList();
  }

  private static Attributes first(Attributes attributes, String name) {
    return members(items(attributes, name).get(0));
  }

  private static List<AttributeValue> items(Attributes attributes, String name) {
    return ((AttributeValue.Items) attributes.get(name).orElseThrow()).values();
  }

  private static Attributes members(AttributeValue value) {
    return ((AttributeValue.Members) value).attributes();
  }
}
