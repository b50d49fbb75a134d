// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Decision.Outcome;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.subscription.AssociatedInstance;
import org.mooring.in.subscription.EnrolledEntity;
import org.mooring.in.subscription.ImpliedRules;

/** What enrolment and application association imply in the service subscription. */
class ImpliedRulesTest {
  private static final CseId NODE = new CseId("/asn-1");
  private static final NodeId NODE_ID = new NodeId("urn:node:1");
  private static final AppId METER = new AppId("Nmeter");
  private static final AeId PUMP = new AeId("/Spump");
  private static final AppId PUMPS = new AppId("Npump");
  private static final String PUMP_AE = "{'api':'Npump','rr':false,'srv':['3']}";
  private static final String OTHER_AE = "{'api':'Nother','rr':false,'srv':['3']}";
  private static final KeyIdentifier KA =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE0@maf.sp.example.org");
  private static final KeyIdentifier LATER_KA =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE1@maf.sp.example.org");
  private static final String RULE = "cse-in/implied.0123456789abcdef0123456789abcde0";
  private static final Credential KPSA =
      new Credential(
          KeyIdentifier.parse("pump@sp.example.org"),
          Credential.Kind.KPSA,
          FunctionRole.CSE,
          PUMP.absolute(TestCse.PROVIDER.sp()),
          KeyIdentifier.parse("pump@sp.example.org"),
          "a line",
          Credential.Status.CURRENT,
          M2mTimestamp.NEVER);
  private static final String PROFILE = "cse-in/implied.enrolled";
  private static final String PUMP_RULE = "cse-in/implied.Spump";
  private static final AeId VALVE = new AeId("/Svalve");
  private static final String VALVE_RULE = "cse-in/implied.Svalve";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party operator;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private void write(Consumer<ImpliedRules> work) {
    cse.write(
        tx -> {
          work.accept(tx.impliedRules());
          return true;
        });
  }

  private static AssociatedInstance instance(KeyIdentifier ka, String stem) {
    return new AssociatedInstance(
        ka,
        TestCse.START.plusSeconds(600),
        METER,
        new AeId("//sp.example.org/asn-1/" + stem),
        TokenId.parse("t1@sp.example.org"),
        new ApprovedServices(
            List.of(RoleId.parse("reader@sp.example.org")),
            Optional.of(ResourceAddress.parse("/asn-1/acp-apps")),
            List.of(),
            CredentialShare.NONE));
  }

  private static EnrolledEntity node() {
    return new EnrolledEntity(NODE_ID, NODE, List.of(), Optional.empty(), TestCse.PROVIDER.cse());
  }

  private void enrol(EnrolledEntity enrolled) {
    write(rules -> rules.enrolled(enrolled, "admin"));
  }

  /** An application without a CSE. */
  private void enrolPump(Optional<AppId> application) {
    enrol(pump(application, List.of()));
  }

  private static EnrolledEntity pump(Optional<AppId> application, List<AeId> sharing) {
    return new EnrolledEntity(NODE_ID, PUMP, sharing, application, TestCse.PROVIDER.cse());
  }

  private void associate(KeyIdentifier ka, String stem) {
    write(
        rules -> {
          rules.enrolled(node(), "admin");
          rules.associated(instance(ka, stem), "km");
        });
  }

  private static AeRegistration registration(KeyIdentifier ka, String app, String stem) {
    return new AeRegistration(Optional.of(CredentialId.towardMaf(ka)), app, stem);
  }

  /** At the node's CSE, as the IN-CSE's resources have it. */
  private Decision decide(AeRegistration registration) {
    return cse.read(
        tx -> new ServiceSubscriptions(TestCse.PROVIDER).decide(tx, NODE, registration));
  }

  private AuditRecord latest() {
    return cse.read(tx -> tx.auditLog().latest(1).get(0));
  }

  @Test
  @DisplayName(
      "TS-0001 9.6.20: a node that is enrolled has a <serviceSubscribedNode>, without rules")
  void enrolledNode() {
    enrol(node());
    enrol(node());
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    TestCse.Answer node = operator.retrieve(PROFILE + "/asn-1");

    assertThat(node.whole("ty")).isEqualTo(SVSN);
    assertThat(node.text("ni")).isEqualTo("urn:node:1");
    assertThat(node.text("csi")).isEqualTo("/asn-1");
    assertThat(node.attributes().texts("rlk")).isEmpty();
    assertThat(decide(registration(KA, "Nmeter", "C1")).outcome()).isEqualTo(Outcome.NO_RULE);
  }

  @Test
  @DisplayName("TS-0001 9.6.29: an instance may register with its CSE as what it is, and no other")
  void associatedInstance() {
    associate(KA, "C1");
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    Decision decision = decide(registration(KA, "Nmeter", "C1"));

    assertThat(decision.reason()).isEqualTo(RULE + " allows it");
    assertThat(decision.rule().orElseThrow().source()).isEqualTo(RuleSource.ASSOCIATION);
    for (AeRegistration deviating :
        List.of(
            registration(LATER_KA, "Nmeter", "C1"),
            registration(KA, "Nother", "C1"),
            registration(KA, "Nmeter", "C2"),
            new AeRegistration(Optional.empty(), "Nmeter", "C1"))) {
      assertThat(decide(deviating).isAllowed()).as("%s", deviating).isFalse();
    }
    assertThat(decide(registration(KA, "Nmeter", "")).grant().orElseThrow().stem("-"))
        .isEqualTo("C1");
  }

  @Test
  @DisplayName("TS-0001 9.6.29, 11.2.2: the rule has the token's approved list of services")
  void rule() {
    associate(KA, "C1");

    TestCse.Answer rule = operator.retrieve(RULE);

    assertThat(rule.whole("ty")).isEqualTo(ASAR);
    assertThat(rule.attributes().texts("apci")).containsExactly("11-" + KA);
    assertThat(rule.attributes().texts("ari")).containsExactly("reader@sp.example.org");
    assertThat(rule.attributes().texts("lbl"))
        .containsExactly("Token-ID:t1@sp.example.org", "Access-Policy:/asn-1/acp-apps");
    assertThat(rule.text("et")).isEqualTo(M2mTimestamp.format(TestCse.START.plusSeconds(600)));
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk"))
        .containsExactly("/id-in/" + RULE);
    assertThat(latest().detail().text("change")).contains("created");
    assertThat(latest().subject()).isEqualTo(RULE);
  }

  @Test
  @DisplayName("The rule goes with the key, and those of other keys stay")
  void endedKey() {
    associate(KA, "C1");
    associate(LATER_KA, "C1");

    write(rules -> rules.ended(KA, "admin"));

    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    assertThat(decide(registration(KA, "Nmeter", "C1")).isAllowed()).isFalse();
    assertThat(decide(registration(LATER_KA, "Nmeter", "C1")).isAllowed()).isTrue();
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk")).hasSize(1);
    write(rules -> rules.ended(KA, "admin"));
    assertThat(latest().detail().text("change")).isNotEqualTo(Optional.of("deleted"));
  }

  @Test
  @DisplayName("What the operator wrote for a node counts beside it, and is as it was")
  void beside() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps','apci':['*'],'aai':['Npump'],'aae':['C*']}");
    operator.create(
        "cse-in/contract", SVSN, "{'ni':'1','csi':'/asn-1','rlk':['/id-in/cse-in/pumps']}");
    Attributes before = operator.retrieve("cse-in/contract/" + nodeOfContract()).attributes();

    associate(KA, "C1");

    assertThat(decide(registration(LATER_KA, "Npump", "C2")).reason()).contains("cse-in/pumps");
    assertThat(decide(registration(KA, "Nmeter", "C1")).reason()).contains(RULE);
    write(rules -> rules.ended(KA, "admin"));
    write(rules -> rules.ended(node(), "admin"));
    assertThat(decide(registration(LATER_KA, "Npump", "C2")).isAllowed()).isTrue();
    assertThat(operator.retrieve("cse-in/contract/" + nodeOfContract()).attributes())
        .isEqualTo(before);
  }

  private String nodeOfContract() {
    return cse.read(
        tx ->
            tx.resources().ofCse(SVSN, NODE, 10).stream()
                .filter(found -> !ImpliedResources.isImplied(found))
                .findFirst()
                .orElseThrow()
                .name());
  }

  @Test
  @DisplayName("While the operator wrote no profile every AE may register, whatever is implied")
  void withoutProfile() {
    associate(KA, "C1");
    enrolPump(Optional.of(PUMPS));

    assertThat(decide(registration(LATER_KA, "Nother", "C9")).reason()).contains("default");
    assertThat(cse.open("Cany").create("cse-in", AE, OTHER_AE).status()).isEqualTo(2001);
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    assertRefused(Refusal.APP_RULE_FAILED, () -> cse.open("Cother").create("cse-in", AE, OTHER_AE));
    operator.delete("cse-in/contract");
    assertThat(cse.open("Cother").create("cse-in", AE, OTHER_AE).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 003: an enrolled AE registers as its application alone")
  void enrolledAe() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    TestCse.Party pump = cse.associatedAe("/Spump");
    assertRefused(Refusal.NO_SERVICE_SUBSCRIPTION, () -> pump.create("cse-in", AE, PUMP_AE));

    enrolPump(Optional.of(PUMPS));

    assertRefused(Refusal.APP_RULE_FAILED, () -> pump.create("cse-in", AE, OTHER_AE));
    assertRefused(
        Refusal.APP_RULE_FAILED, () -> cse.associatedAe("/Sother").create("cse-in", AE, PUMP_AE));
    assertRefused(Refusal.APP_RULE_FAILED, () -> cse.open("Spump").create("cse-in", AE, PUMP_AE));
    assertThat(pump.create("cse-in", AE, PUMP_AE).text("aei")).isEqualTo("Spump");
    assertThat(latest().detail().text("reason")).contains(PUMP_RULE + " allows it");
    assertThat(operator.retrieve(PROFILE + "/id-in").attributes().texts("rlk"))
        .containsExactly("/id-in/" + PUMP_RULE);
    assertThat(operator.retrieve(PROFILE + "/Spump").attributes().has("csi")).isFalse();
  }

  @Test
  @DisplayName("The rule of an enrolled AE names what it registers with, as that comes and goes")
  void credentialsOfEnrolledAe() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrolPump(Optional.of(PUMPS));
    assertThat(operator.retrieve(PUMP_RULE).attributes().texts("apci")).containsExactly("*");

    cse.write(
        tx -> {
          tx.credentials().add(KPSA, SecretKeyBytes.random());
          return true;
        });

    assertThat(operator.retrieve(PUMP_RULE).attributes().texts("apci"))
        .containsExactly("12-pump@sp.example.org");
    assertRefused(
        Refusal.APP_RULE_FAILED, () -> cse.associatedAe("/Spump").create("cse-in", AE, PUMP_AE));
    AeRegistration own =
        new AeRegistration(
            Optional.of(CredentialId.ofAssociation(KPSA.identity())), "Npump", "Spump");
    assertThat(
            cse.<Boolean>read(
                tx ->
                    new ServiceSubscriptions(TestCse.PROVIDER)
                        .decide(tx, TestCse.PROVIDER.cse(), own)
                        .isAllowed()))
        .isTrue();
  }

  @Test
  @DisplayName("An enrolled AE of which no App-ID is told registers as any, under its AE-ID alone")
  void enrolledAeWithoutAppId() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    enrolPump(Optional.empty());

    assertThat(cse.associatedAe("/Spump").create("cse-in", AE, OTHER_AE).text("aei"))
        .isEqualTo("Spump");
    assertRefused(
        Refusal.APP_RULE_FAILED, () -> cse.associatedAe("/Sother").create("cse-in", AE, OTHER_AE));
  }

  @Test
  @DisplayName("The rule of an AE that is to register with another CSE is that CSE's")
  void enrolledAeOfAnotherRegistrar() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    enrol(new EnrolledEntity(NODE_ID, PUMP, List.of(), Optional.of(PUMPS), NODE));

    assertThat(decide(registration(KA, "Npump", "Spump")).reason()).startsWith(PUMP_RULE);
    assertRefused(
        Refusal.NO_SERVICE_SUBSCRIPTION,
        () -> cse.associatedAe("/Spump").create("cse-in", AE, PUMP_AE));
  }

  @Test
  @DisplayName("What a revoked enrolee's enrolment implied is gone")
  void revoked() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrolPump(Optional.of(PUMPS));

    write(rules -> rules.ended(pump(Optional.of(PUMPS), List.of()), "admin"));

    assertRefused(
        Refusal.APP_RULE_FAILED, () -> cse.associatedAe("/Spump").create("cse-in", AE, PUMP_AE));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> operator.retrieve(PUMP_RULE));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> operator.retrieve(PROFILE + "/Spump"));
  }

  @Test
  @DisplayName("TS-0001 11.2.2: each AE that shares an enrolment has a rule of its own")
  void sharedEnrolment() {
    EnrolledEntity shared = pump(Optional.of(PUMPS), List.of(VALVE));
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrol(shared);

    assertThat(operator.retrieve(PROFILE + "/id-in").attributes().texts("rlk"))
        .containsExactlyInAnyOrder("/id-in/" + PUMP_RULE, "/id-in/" + VALVE_RULE);
    assertThat(operator.retrieve(VALVE_RULE).attributes().texts("aae")).containsExactly("Svalve");
    assertThat(operator.retrieve(VALVE_RULE).attributes().texts("aai")).containsExactly("Npump");
    write(rules -> rules.ended(shared, "admin"));
    for (String gone : List.of(PUMP_RULE, VALVE_RULE, PROFILE + "/Spump")) {
      assertRefused(Refusal.NO_SUCH_RESOURCE, () -> operator.retrieve(gone));
    }
  }

  @Test
  @DisplayName(
      "TS-0001 11.3.2: an AE that registers again has its AE-ID, by the subscription as it is kept")
  void registeredAgain() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrolPump(Optional.of(PUMPS));
    TestCse.Party pump = cse.associatedAe("/Spump");
    String first = pump.create("cse-in", AE, PUMP_AE).text("ri");

    assertRefused(Refusal.ALREADY_REGISTERED, () -> pump.create("cse-in", AE, PUMP_AE));
    assertThat(pump.retrieve(first).text("aei")).isEqualTo("Spump");
    pump.delete(first);
    TestCse.Answer again = pump.create("cse-in", AE, PUMP_AE);

    assertThat(again.text("ri")).isEqualTo(first);
    assertThat(again.text("aei")).isEqualTo("Spump");
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.2.7: a registrar retrieves its nodes and their rules, and no other does")
  void registrarIsTold() {
    associate(KA, "C1");
    TestCse.Party registrar = cse.registered("/asn-1");
    assertThat(registrar.retrieve("implied.node.asn-1").attributes().texts("lbl"))
        .as("while there is no profile")
        .containsExactly(Profile.LABEL_OF_NONE);
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps','apci':['*'],'aai':['Npump'],'aae':['C*']}");
    operator.create("cse-in", ASAR, "{'rn':'valves','apci':['*'],'aai':['Nvalve'],'aae':['C*']}");
    operator.create(
        "cse-in/contract",
        SVSN,
        "{'rn':'one','ni':'1','csi':'/asn-1','rlk':['-/pumps','cse-in/gone']}");
    TestCse.Party other = cse.registered("/asn-2");

    Attributes node = registrar.retrieve("implied.node.asn-1").attributes();

    assertThat(node.texts("rlk"))
        .as("of every profile")
        .containsExactlyInAnyOrder("/id-in/" + RULE, "/id-in/cse-in/pumps", "cse-in/gone");
    assertThat(node.has("lbl")).isFalse();
    for (String told : List.of("/id-in/" + RULE, "cse-in/contract/one", "cse-in/pumps")) {
      assertThat(registrar.retrieve(told).status()).as(told).isEqualTo(2000);
      assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(told));
      assertRefused(Refusal.NO_PRIVILEGE, () -> registrar.delete(told));
    }
    assertRefused(Refusal.NO_PRIVILEGE, () -> registrar.retrieve("cse-in/valves"));
  }

  @Test
  @DisplayName("Nothing else gets a name that is kept for what is implied")
  void keptNames() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    assertRefused(
        Refusal.NAME_IN_USE,
        () -> operator.create("cse-in", ASAR, "{'rn':'implied.Spump','aai':['*']}"));
    assertRefused(
        Refusal.NAME_IN_USE, () -> operator.create("cse-in", MSSP, "{'rn':'implied.more'}"));
  }

  @Test
  @DisplayName("A start finds the profile as it is")
  void again() {
    enrol(node());

    cse.restart();

    assertThat(operator.retrieve(PROFILE + "/asn-1").text("csi")).isEqualTo("/asn-1");
  }

  @Test
  @DisplayName("The rule of a key that has ended lets nothing in, cleared away or not")
  void expiredKey() {
    associate(KA, "C1");
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    cse.pass(Duration.ofSeconds(600));

    assertThat(decide(registration(KA, "Nmeter", "C1")).isAllowed()).isFalse();
  }

  @Test
  @DisplayName("Of 10,000 implied rules a decision reads the one that is meant")
  void manyRules() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrol(node());
    write(
        rules -> {
          for (int i = 0; i < 10_000; i++) {
            rules.associated(instance(key(i), "C" + i), "km");
          }
        });

    Decision last = decide(registration(key(9_999), "Nmeter", "C9999"));
    Decision unknown = decide(registration(key(10_000), "Nmeter", "C9999"));

    assertThat(last.isAllowed()).isTrue();
    assertThat(last.findings()).hasSize(1);
    assertThat(unknown.outcome()).isEqualTo(Outcome.NO_RULE);
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk")).hasSize(1_000);
  }

  private static KeyIdentifier key(int number) {
    return KeyIdentifier.parse("%032X@maf.sp.example.org".formatted(number));
  }
}
