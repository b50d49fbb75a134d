// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CIN;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.START;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;

class GenericRulesTest extends RegisteredNodeTest {
  @Test
  @DisplayName("TS-0004 7.3.3.3: a created resource has the universal attributes")
  void universalAttributes() {
    TestCse.Answer created = node.container(NODE, "data");

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.whole("ty")).isEqualTo(CNT);
    assertThat(created.text("rn")).isEqualTo("data");
    assertThat(created.text("pi")).isEqualTo(node.retrieve(NODE).text("ri"));
    assertThat(created.text("ri")).matches("[0-9a-v]{26}");
    assertThat(created.time("ct")).isEqualTo(START);
    assertThat(created.time("lt")).isEqualTo(START);
    assertThat(node.retrieve(DATA).attributes()).isEqualTo(created.attributes());
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: a missing name is generated, another each time")
  void generatedName() {
    String one = node.create(NODE, CNT, "{}").text("rn");
    String other = node.create(NODE, CNT, "{}").text("rn");

    assertThat(one).startsWith("cnt-").isNotEqualTo(other);
    assertThat(node.retrieve(NODE + "/" + one).text("rn")).isEqualTo(one);
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.3.3: a name in use is refused with 4105, below another parent it is free")
  void nameInUse() {
    String first = node.container(NODE, "data").text("ri");

    assertRefused(Refusal.NAME_IN_USE, () -> node.container(NODE, "data"));
    node.container(DATA, "data");

    assertThat(node.retrieve(DATA).text("ri")).isEqualTo(first);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: a type that the parent does not take is refused with 4108")
  void childType() {
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> node.publish(NODE, "21"));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: a type that is not implemented is refused with 5001")
  void unsupportedType() {
    assertRefused(Refusal.UNSUPPORTED_TYPE, () -> node.create(NODE, 23, "{'nu':['/asn-1']}"));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: CREATE needs ty and Content, the others must not have ty")
  void parameters() {
    node.container(NODE, "data");
    Representation content = Representation.of("m2m:cnt", TestCse.json("{}"));

    assertRefused(
        Refusal.MISSING_PARAMETER,
        () -> node.send(node.request(Operation.CREATE, NODE).content(content)));
    assertRefused(
        Refusal.MISSING_PARAMETER,
        () -> node.send(node.request(Operation.CREATE, NODE).resourceType(CNT)));
    assertRefused(Refusal.MISSING_PARAMETER, () -> node.send(node.request(Operation.UPDATE, DATA)));
    assertRefused(
        Refusal.INVALID_PARAMETER,
        () -> node.send(node.request(Operation.RETRIEVE, DATA).resourceType(CNT)));
    assertRefused(
        Refusal.INVALID_PARAMETER,
        () -> node.send(node.request(Operation.DELETE, DATA).content(content)));
    assertRefused(
        Refusal.UNSUPPORTED_PARAMETER,
        () -> node.send(node.request(Operation.RETRIEVE, DATA).content(content)));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: a request past its expiration is refused with 4008")
  void expiredRequest() {
    assertRefused(
        Refusal.REQUEST_EXPIRED,
        () -> node.send(node.request(Operation.RETRIEVE, NODE).requestExpiration(START)));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: a representation of another type is refused with 4000")
  void otherRoot() {
    Representation wrong = Representation.of("m2m:cin", TestCse.json("{'con':'1'}"));

    assertRefused(
        Refusal.MALFORMED_CONTENT,
        () -> node.send(node.request(Operation.CREATE, NODE).resourceType(CNT).content(wrong)));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.3: creator is shown where it was asked for with null")
  void creator() {
    node.container(NODE, "silent");
    node.create(NODE, CNT, "{'rn':'data','cr':null}");

    assertThat(node.retrieve(NODE + "/silent").attributes().has("cr")).isFalse();
    assertThat(node.retrieve(DATA).text("cr")).isEqualTo("/asn-1");
    assertThat(node.as("/asn-1/Cmeter").create(DATA, CNT, "{'cr':null}").text("cr"))
        .isEqualTo("/asn-1/Cmeter");
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> node.create(NODE, CNT, "{'cr':'/asn-1'}"));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.7: UPDATE changes what is given, removes nulls and keeps the rest")
  void update() {
    node.create(NODE, CNT, "{'rn':'data','lbl':['a','b'],'mni':5,'or':'http://o.example'}");
    cse.pass(Duration.ofSeconds(10));

    TestCse.Answer updated = node.update(DATA, CNT, "{'mni':7,'lbl':null}");

    assertThat(updated.status()).isEqualTo(2004);
    assertThat(updated.whole("mni")).isEqualTo(7);
    assertThat(updated.attributes().has("lbl")).isFalse();
    assertThat(updated.text("or")).isEqualTo("http://o.example");
    assertThat(updated.time("ct")).isEqualTo(START);
    assertThat(updated.time("lt")).isEqualTo(START.plusSeconds(10));
    assertThat(updated.whole("st")).isEqualTo(1);
    assertThat(node.retrieve(DATA).attributes()).isEqualTo(updated.attributes());
  }

  @Test
  @DisplayName("TS-0004 7.3.3.7: a refused UPDATE changes nothing")
  void refusedUpdate() {
    var before = node.container(NODE, "data").attributes();
    cse.pass(Duration.ofSeconds(10));

    assertRefused(
        Refusal.UNKNOWN_ATTRIBUTE, () -> node.update(DATA, CNT, "{'mni':7,'colour':'red'}"));

    assertThat(node.retrieve(DATA).attributes()).isEqualTo(before);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.8: DELETE takes everything below with it")
  void delete() {
    node.container(NODE, "data");
    node.container(DATA, "inner");
    String instance = node.publish(DATA + "/inner", "21").text("ri");

    assertThat(node.delete(DATA).status()).isEqualTo(2002);

    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(DATA));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(DATA + "/inner"));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> node.retrieve(instance));
    node.container(NODE, "data");
  }

  @Test
  @DisplayName("TS-0004 7.4: operations that a type does not offer are refused with 4005")
  void notOffered() {
    node.container(NODE, "data");
    node.create(DATA, CIN, "{'rn':'one','con':'1'}");

    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, () -> node.update(DATA + "/one", CIN, "{'lbl':['a']}"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.create("cse-in", 5, "{}"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.update("cse-in", 5, "{'lbl':['a']}"));
    assertRefused(Refusal.OPERATION_NOT_OFFERED, () -> node.delete("cse-in"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, () -> node.send(node.request(Operation.NOTIFY, DATA)));
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: without a policy the creator alone has access")
  void creatorOnly() {
    node.container(NODE, "data");
    node.create(DATA, CIN, "{'rn':'one','con':'1'}");
    TestCse.Party other = cse.registered("/asn-10");

    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(NODE));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(DATA));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(DATA + "/one"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(DATA + "/la"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.update(DATA, CNT, "{'mni':1}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.delete(DATA));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.delete(DATA + "/ol"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.container(NODE, "mine"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.publish(DATA, "2"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> other.update(NODE, CSR, "{'rr':true}"));
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: a node and the AEs registered with it count as one creator")
  void nodeAndItsApplications() {
    node.as("/asn-1/Cmeter").container(NODE, "data");

    node.as("//sp.example.org/asn-1").publish(DATA, "1");
    node.as("/asn-1/Cother").publish(DATA, "2");

    assertThat(node.retrieve(DATA).whole("cni")).isEqualTo(2);
  }

  @Test
  @DisplayName("TS-0001 10.2.3: below the CSEBase a node creates nothing but its registration")
  void belowTheBase() {
    assertThat(node.retrieve("cse-in").text("csi")).isEqualTo("/id-in");
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.container("cse-in", "data"));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: From of somebody else is refused with 4106")
  void fromOfSomebodyElse() {
    for (String from :
        new String[] {"/asn-10", "/asn-10/Cmeter", "Cmeter", "/Smeter", "//x.org/asn-1", "text"}) {
      assertRefused(Refusal.WRONG_ORIGINATOR, () -> node.as(from).retrieve(NODE));
    }
  }
}
