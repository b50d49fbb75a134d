// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.AttributePolicy;
import org.mooring.common.resource.AttributeType;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.Presence;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.ResourceTable;
import org.mooring.common.resource.ResourceType;

/** A resource type is rows and no class: one that the CSE never heard of, made up here. */
class LaterTypeTest {
  private static final ResourceType NODE_TYPE = new ResourceType(14, "m2m:nod", "node");
  private static final String PARENT = "cse-in/asn-1";
  private static final String NODE = PARENT + "/n";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party party;

  @BeforeEach
  void start() {
    cse = new TestCse(folder, table());
    party = cse.registered("/asn-1");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  @Test
  @DisplayName("TS-0004 7.3.3: rows alone make a type that can be created, read, changed, deleted")
  void lives() {
    TestCse.Answer created = party.create(PARENT, NODE_TYPE.code(), "{'rn':'n','ni':'urn:x:1'}");

    assertThat(created.status()).isEqualTo(2001);
    assertThat(created.response().content().orElseThrow().root()).isEqualTo("m2m:nod");
    assertThat(party.retrieve(NODE).text("ni")).isEqualTo("urn:x:1");
    assertThat(party.update(NODE, NODE_TYPE.code(), "{'hcl':'/asn-1'}").text("hcl"))
        .isEqualTo("/asn-1");
    assertThat(party.retrieve(NODE).attributes().has("st")).isFalse();
    assertThat(party.delete(NODE).status()).isEqualTo(2002);
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> party.retrieve(NODE));
  }

  @Test
  @DisplayName("TS-0004 7.3.3: the generic rules hold for it")
  void obeys() {
    int type = NODE_TYPE.code();

    assertRefused(Refusal.MISSING_ATTRIBUTE, () -> party.create(PARENT, type, "{}"));
    assertRefused(
        Refusal.UNKNOWN_ATTRIBUTE, () -> party.create(PARENT, type, "{'ni':'1','mni':1}"));
    assertRefused(
        Refusal.NO_PRIVILEGE, () -> cse.associated("/asn-2").create(PARENT, type, "{'ni':'1'}"));
    party.create(PARENT, type, "{'rn':'n','ni':'1'}");
    assertRefused(Refusal.NAME_IN_USE, () -> party.create(PARENT, type, "{'rn':'n','ni':'1'}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.associated("/asn-2").retrieve(NODE));
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> party.container(NODE, "data"));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> party.retrieve(NODE + "/la"));
  }

  @Test
  @DisplayName("TS-0004 7.4.3: the CSEBase lists it as supported")
  void supported() {
    AttributeValue.Items srt =
        (AttributeValue.Items) party.retrieve("cse-in").attributes().get("srt").orElseThrow();

    assertThat(srt.values()).contains(AttributeValue.of((long) NODE_TYPE.code()));
  }

  private static ResourceTable table() {
    List<ResourcePolicy> policies = new ArrayList<>();
    for (ResourcePolicy policy : CseResources.table().policies()) {
      policies.add(policy.type().equals(CseResources.REMOTE_CSE) ? alsoWithNodes(policy) : policy);
    }
    List<AttributePolicy> rows = new ArrayList<>(commonRows());
    rows.add(
        new AttributePolicy(
            "ni", "nodeID", AttributeType.TEXT, Presence.MANDATORY, Presence.OPTIONAL, false));
    rows.add(
        new AttributePolicy(
            "hcl",
            "hostedCSELink",
            AttributeType.CSE_ID,
            Presence.OPTIONAL,
            Presence.OPTIONAL,
            true));
    policies.add(new ResourcePolicy(NODE_TYPE, EnumSet.allOf(Operation.class), Set.of(), rows));
    return new ResourceTable(policies);
  }

  private static ResourcePolicy alsoWithNodes(ResourcePolicy parent) {
    return new ResourcePolicy(
        parent.type(),
        EnumSet.allOf(Operation.class),
        Set.of(CseResources.CONTAINER.code(), NODE_TYPE.code()),
        rowsOf(parent));
  }

  /** What every type with a policy of its own has. */
  private static List<AttributePolicy> commonRows() {
    return rowsOf(CseResources.policy(CseResources.CONTAINER)).stream()
        .filter(
            row ->
                Set.of("rn", "ty", "ri", "pi", "ct", "lt", "et", "lbl", "acpi")
                    .contains(row.name()))
        .toList();
  }

  private static List<AttributePolicy> rowsOf(ResourcePolicy policy) {
    return StreamSupport.stream(policy.attributes().spliterator(), false).toList();
  }
}
