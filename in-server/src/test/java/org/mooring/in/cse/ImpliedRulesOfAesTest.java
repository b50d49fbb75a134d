// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.subscription.EnrolledEntity;

/** What the enrolment of AEs without a CSE implies in the service subscription. */
class ImpliedRulesOfAesTest extends ImpliedRulesBench {
  private static final AeId PUMP = new AeId("/Spump");
  private static final AppId PUMPS = new AppId("Npump");
  private static final String PUMP_AE = "{'api':'Npump','rr':false,'srv':['3']}";
  private static final String OTHER_AE = "{'api':'Nother','rr':false,'srv':['3']}";
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
  private static final String PUMP_RULE = "cse-in/implied.Spump";
  private static final AeId VALVE = new AeId("/Svalve");
  private static final String VALVE_RULE = "cse-in/implied.Svalve";

  /** An application without a CSE. */
  private void enrolPump(Optional<AppId> application) {
    enrol(pump(application, List.of()));
  }

  private static EnrolledEntity pump(Optional<AppId> application, List<AeId> sharing) {
    return new EnrolledEntity(NODE_ID, PUMP, sharing, application, TestCse.PROVIDER.cse());
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
}
