// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.subscription.Decision.Outcome;

class SubscriptionCheckTest {
  private static final String CREDENTIAL = "12-pump@sp.example.org";

  @Test
  @DisplayName("TS-0004 7.3.2.7: without a <serviceSubscribedNode> nothing is established")
  void noNode() {
    Decision decision =
        SubscriptionCheck.decide(
            registration(CREDENTIAL, "Npump", "Cpump"), new Profile.NotEstablished());

    assertThat(decision.outcome()).isEqualTo(Outcome.NO_SUBSCRIPTION);
    assertThat(decision.remedy()).contains("subscription link");
  }

  @Test
  @DisplayName("TS-0001 9.6.20: with an empty list of links, or dead ones alone, nobody registers")
  void noRule() {
    AeRegistration registration = registration(CREDENTIAL, "Npump", "Cpump");

    assertThat(SubscriptionCheck.decide(registration, linked()).outcome())
        .isEqualTo(Outcome.NO_RULE);
    assertThat(
            SubscriptionCheck.decide(
                    registration, new Profile.Linked(List.of(), List.of("cse-in/gone")))
                .reason())
        .contains("cse-in/gone");
  }

  @ParameterizedTest
  @DisplayName("TS-0001 10.2.2.2 step 003: one rule has to match credential, App-ID and AE-ID")
  @CsvSource({
    "12-pump@sp.example.org,Npump,Cpump,ALLOWED",
    "12-other@sp.example.org,Npump,Cpump,NO_MATCH",
    "12-pump@sp.example.org,Nother,Cpump,NO_MATCH",
    "12-pump@sp.example.org,Npump,Cother,NO_MATCH",
    "'',Npump,Cpump,NO_MATCH",
    // Each element is in some rule, and in none with the others.
    "12-valve@sp.example.org,Nvalve,Cpump,NO_MATCH",
    "12-valve@sp.example.org,Nvalve,Cvalve,ALLOWED",
  })
  void elements(String credential, String appId, String from, Outcome expected) {
    Profile profile =
        linked(
            rule("pump", "12-pump@sp.example.org", "Npump", "Cpump"),
            rule("valve", "12-valve@sp.example.org", "Nvalve", "Cvalve"));

    assertThat(SubscriptionCheck.decide(registration(credential, appId, from), profile).outcome())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("TS-0001 9.6.29: absent applicableCredIDs are for no association, '*' for any")
  @CsvSource({
    "'','',ALLOWED",
    "'',12-pump@sp.example.org,NO_MATCH",
    "*,12-pump@sp.example.org,ALLOWED",
    "*,'',NO_MATCH",
    "12-*,12-pump@sp.example.org,ALLOWED",
    "12-*,11-pump@sp.example.org,NO_MATCH",
  })
  void credentials(String allowed, String credential, Outcome expected) {
    assertThat(
            SubscriptionCheck.decide(
                    registration(credential, "Npump", "Cpump"),
                    linked(rule("r", allowed, "*", "*")))
                .outcome())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("TS-0001 9.6.29: a rule without App-IDs or without AEs allows nobody")
  @CsvSource({"'',*", "*,''"})
  void absent(String apps, String aes) {
    assertThat(
            SubscriptionCheck.decide(
                    registration(CREDENTIAL, "Npump", "Cpump"), linked(rule("r", "*", apps, aes)))
                .outcome())
        .isEqualTo(Outcome.NO_MATCH);
  }

  @ParameterizedTest
  @DisplayName("TS-0001 10.2.2.2 cases i to vi: From against allowedAEs, and the stem it is given")
  @CsvSource({
    // A whole stem has to be allowed, and is kept.
    "Cpump,C*,Cpump",
    "Cpump,*,Cpump",
    "Spump,S* C*,Spump",
    "Cpump,S*,''",
    // S or C: one that may start so is made up.
    "C,C*,C~",
    "C,*,C~",
    "S,C* S*,S~",
    "S,*,S~",
    "S,C*,''",
    "C,C123*X,C123~X",
    "C,*end,C~end",
    // Nothing: the provider's policy chooses C where that is allowed.
    "'',*,C~",
    "'',S* C*,C~",
    "'',S*,S~",
    // One exact stem is given where nothing is to be made up.
    "C,Cpump,Cpump",
    "'',Spump,Spump",
    "C,Cpump C9*,C9~",
    "S,Cpump,''",
  })
  void stems(String from, String aes, String stem) {
    Decision decision =
        SubscriptionCheck.decide(
            registration(CREDENTIAL, "Npump", from), linked(rule("r", "*", "*", aes)));

    assertThat(decision.grant().map(grant -> grant.stem("~")).orElse("")).isEqualTo(stem);
  }

  @Test
  @DisplayName("A refusal names the closest rule, the element that did not match, and what to do")
  void explains() {
    Profile profile =
        linked(
            rule("cse-in/valve", "12-valve@sp.example.org", "Nvalve", "Cvalve"),
            rule("cse-in/pump", "12-pump@sp.example.org", "Npump", "Cpump"));

    Decision decision =
        SubscriptionCheck.decide(registration(CREDENTIAL, "Npump", "Cother"), profile);

    assertThat(decision.reason())
        .isEqualTo("cse-in/pump: allowedAEs (aae): Cother matches none of Cpump");
    assertThat(decision.remedy()).startsWith("have a rule with --ae Cother");
    assertThat(decision.findings()).hasSize(2);
    assertThat(decision.findings().get(1).comparisons())
        .extracting(Finding.Comparison::isMatch)
        .containsExactly(true, true, false);
  }

  @Test
  @DisplayName("An acceptance names the rule, whose elements all matched")
  void explainsAcceptance() {
    Decision decision =
        SubscriptionCheck.decide(
            registration("", "Npump", "C"), linked(rule("cse-in/open", "", "N*", "C*")));

    assertThat(decision.reason()).isEqualTo("cse-in/open allows it");
    assertThat(decision.findings().get(0).comparisons())
        .extracting(Finding.Comparison::toString)
        .containsExactly(
            "no security association, as the rule wants it", "Npump matches N*", "C matches C*");
  }

  @Test
  @DisplayName("A provider that wrote no profile lets every application in, associated or not")
  void withoutProfile() {
    for (String credential : List.of("", CREDENTIAL)) {
      assertThat(
              SubscriptionCheck.decide(
                      registration(credential, "Nany", "Sany"), Profile.ofProviderWithoutOne())
                  .isAllowed())
          .isTrue();
    }
  }

  private static AeRegistration registration(String credential, String appId, String from) {
    return new AeRegistration(
        Optional.of(credential).filter(id -> !id.isEmpty()).map(CredentialId::new), appId, from);
  }

  private static Profile linked(AppRule... rules) {
    return new Profile.Linked(List.of(rules), List.of());
  }

  /** Elements are separated by spaces; none: the attribute is absent. */
  private static AppRule rule(String address, String credentials, String apps, String aes) {
    return new AppRule(
        address, wildcards(credentials), wildcards(apps), wildcards(aes), RuleSource.OPERATOR);
  }

  private static List<Wildcard> wildcards(String texts) {
    return Arrays.stream(texts.split(" "))
        .filter(text -> !text.isEmpty())
        .map(Wildcard::new)
        .toList();
  }
}
