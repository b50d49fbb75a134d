// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.admin.RunningAdmin;

/** The commands on service subscriptions, against an IN-CSE with a real store. */
class SubscriptionCommandsTest {
  private static final String PUMP = "12-pump@sp.example.org";

  @TempDir private Path folder;
  private RunningAdmin admin;
  private CommandRun.Commands commands;

  @BeforeEach
  void start() {
    admin = RunningAdmin.in(folder.resolve("data"));
    commands = CommandRun.on(folder.resolve("data"));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private CommandRun run(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "subscription";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return commands.run(command);
  }

  private void writePumps() {
    run("create", "contract");
    run("rule", "pumps", "--credential", PUMP, "--app", "Npump", "--ae", "Cpump");
    run("link", "contract", "pumps");
  }

  private CommandRun explain(String app, String from) {
    return run("explain", "--app", app, "--from", from, "--credential", PUMP);
  }

  @Test
  void everyoneMayRegisterUntilThereIsAProfile() {
    assertThat(explain("Nany", "Sany").out())
        .contains("allowed", "default for associations allows it");
    assertThat(run("explain", "--app", "Nany").out())
        .contains("default outside associations allows it", "C*");

    assertThat(run("create", "contract").exitCode()).isZero();

    CommandRun refused = explain("Nany", "Sany");
    assertThat(refused.exitCode()).isZero();
    assertThat(refused.line("rsc")).endsWith("4128");
    assertThat(refused.line("remedy")).contains("subscription link");
  }

  @Test
  void explainsWhichElementOfWhichRuleMatchesOrDoesNot() {
    writePumps();

    assertThat(explain("Npump", "Cpump").out())
        .contains("rsc              2001", "stem             Cpump", "cse-in/pumps allows it");
    CommandRun refused = explain("Nother", "Cpump");
    assertThat(refused.line("reason"))
        .endsWith("cse-in/pumps: allowedApp-IDs (aai): Nother matches none of Npump");
    assertThat(refused.line("remedy")).contains("--app Nother");
    assertThat(refused.out())
        .contains("12-pump@sp.example.org matches 12-pump@sp.example.org", "Cpump matches Cpump");
    assertThat(
            run("explain", "--app", "Nother", "--from", "Cpump", "--release", "2a", "--json").out())
        .contains("\"rsc\":4107");
  }

  @Test
  void aRuleIsForAesThatRoamAsLongAsItSaysSo() {
    assertThat(run("rule", "pumps", "--app", "Npump", "--ae", "Cpump", "--roaming", "--json").out())
        .contains("\"aes\":[\"Cpump\"],\"roaming\":true");
    assertThat(run("show", "pumps").line("roaming")).endsWith("yes");
    assertThat(run("list").out()).containsPattern("(?m)^pumps .* yes$");

    assertThat(run("rule", "pumps", "--app", "Npump", "--ae", "Cpump", "--json").out())
        .doesNotContain("roaming");
  }

  @Test
  void aRuleIsGivenOtherElementsAndALinkOtherRules() {
    writePumps();

    assertThat(run("rule", "pumps", "--app", "N*", "--ae", "S*", "--json").out())
        .isEqualTo(
            "{\"rule\":\"pumps\",\"source\":\"operator\",\"apps\":[\"N*\"],\"aes\":[\"S*\"]}\n");
    assertThat(explain("Npump", "Spump").line("reason")).contains("has no applicableCredIDs");
    assertThat(run("link", "contract", "--json").out()).contains("\"rules\":[]");
    assertThat(explain("Npump", "Spump").line("reason")).contains("no rule is linked");
    assertThat(run("list").out())
        .contains("contract", "//sp.example.org/id-in", "pumps", "N*", "S*");
  }

  @Test
  void aNodeIsLinkedByItsEnroleeAndTakenOutAgain() {
    writePumps();
    commands.run("enrolee", "add", "--kpm-id", "n@mef.sp.example.org", "--csi", "/node");

    assertThat(run("link", "contract", "pumps", "--node", "n@mef.sp.example.org", "--json").out())
        .contains("\"csi\":\"/node\",\"rules\":[\"/id-in/cse-in/pumps\"]");
    assertThat(run("show", "contract").out()).contains("/id-in", "/node");
    assertThat(run("unlink", "contract", "--node", "n@mef.sp.example.org").exitCode()).isZero();
    assertThat(run("show", "contract").out()).doesNotContain("/node");
    assertThat(run("unlink", "contract").exitCode()).isZero();
    assertThat(explain("Npump", "Cpump").line("rsc")).endsWith("4128");
  }

  @Test
  void anEnrolledAeMayRegisterAsItsApplicationUntilItIsRevoked() {
    run("create", "contract");
    commands.run(
        "enrolee", "add", "--kpsa-id", "pump@sp.example.org", "--aei", "/Spump", "--app", "Npump");

    assertThat(explain("Npump", "Spump").out())
        .contains("cse-in/implied.Spump allows it", "enrolment");
    assertThat(run("show", "implied.Spump").out()).contains("source           enrolment", PUMP);
    CommandRun refused = explain("Nother", "Spump");
    assertThat(refused.line("reason"))
        .endsWith("cse-in/implied.Spump: allowedApp-IDs (aai): Nother matches none of Npump");

    assertThat(run("list", "--node", "pump@sp.example.org").out())
        .contains("implied.enrolled", "implied.Spump");

    commands.run("enrolee", "end", "pump@sp.example.org");
    assertThat(explain("Npump", "Spump").line("rsc")).endsWith("4126");
    commands.run("enrolee", "extend", "pump@sp.example.org", "--until", "2031-01-01T00:00:00Z");
    assertThat(explain("Npump", "Spump").out()).contains("cse-in/implied.Spump allows it");
    assertThat(explain("Nother", "Spump").line("rsc")).endsWith("4126");

    commands.run("enrolee", "revoke", "pump@sp.example.org");
    assertThat(explain("Npump", "Spump").line("rsc")).endsWith("4126");
    assertThat(run("show", "implied.Spump").exitCode()).isEqualTo(1);
  }

  @Test
  void whatANodeIsInIsListedWithWhereItCameFrom() {
    writePumps();
    commands.run("enrolee", "add", "--kpm-id", "n@mef.sp.example.org", "--csi", "/node");
    assertThat(run("list").out())
        .contains("implied.enrolled", "enrolment")
        .doesNotContain("csi=/node");
    assertThat(run("show", "implied.enrolled").out()).contains("/node");

    run("link", "contract", "pumps", "--node", "n@mef.sp.example.org");

    assertThat(run("list", "--node", "n@mef.sp.example.org").out())
        .contains("contract", "implied.enrolled", "csi=/node rules=/id-in/cse-in/pumps");
    CommandRun explained =
        run(
            "explain",
            "--app",
            "Npump",
            "--from",
            "Cpump",
            "--credential",
            PUMP,
            "--node",
            "n@mef.sp.example.org");
    assertThat(explained.line("registrar")).endsWith("/node");
    assertThat(explained.out()).contains("cse-in/pumps allows it", "operator");
  }

  @Test
  void linksToARemovedRuleAreNamed() {
    writePumps();

    assertThat(run("remove", "pumps").out()).contains("Npump");

    assertThat(explain("Npump", "Cpump").line("deadLinks")).endsWith("/id-in/cse-in/pumps");
    assertThat(explain("Npump", "Cpump").line("rsc")).endsWith("4126");
    assertThat(run("remove", "contract").exitCode()).isZero();
    assertThat(explain("Npump", "Cpump").line("rsc")).endsWith("2001");
  }

  @Test
  void theAuditLogHasEachStateOfTheRules() {
    writePumps();
    run("rule", "pumps", "--app", "Nother", "--ae", "Cpump");

    assertThat(commands.run("audit", "list").out())
        .contains(
            "SERVICE_SUBSCRIPTION_CHANGED  cse-in/pumps",
            "change=created apci=" + PUMP,
            "change=updated aai=Nother");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule x --app pump|aai (allowedApp-IDs): ",
        "rule x --ae pump|aae (allowedAEs): ",
        "rule contract --app N1|rn (resourceName): ",
        "rule x --app N1 --roaming|roaming: name its AEs in full",
        "rule x --app N1 --ae C* --roaming|roaming: name its AEs in full",
        "create contract|rn (resourceName): ",
        "link nothing|profile: there is no nothing",
        "link contract nothing|rule: there is no nothing",
        "link contract --node a@mef.sp.example.org|id: a@mef.sp.example.org is not enrolled",
        "unlink contract|node: ",
        "show nothing|name: there is no nothing",
        "remove nothing|name: there is no nothing",
        "remove implied.enrolled|name: the enrolment implies implied.enrolled",
        "link implied.enrolled|name: the enrolment implies implied.enrolled",
        "list --node a@mef.sp.example.org|id: a@mef.sp.example.org is not enrolled",
        "explain --app N1 --node a@mef.sp.example.org|id: a@mef.sp.example.org is not enrolled",
        "explain|api: give the App-ID",
        "explain --app pump|api: ",
        "explain --app N1 --from pump|from: ",
        "explain --app N1 --credential pump|credential: ",
        "explain --app N1 --release 9|release: ",
        "explain --entry 1 --app N1|entry: ",
        "explain --entry 1|entry: give the seq",
      })
  void namesWhatIsWrong(String line, String message) {
    run("create", "contract");

    CommandRun run = run(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("in-server: " + message);
  }
}
