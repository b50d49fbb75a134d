// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.CredentialShare;
import org.mooring.in.admin.RunningAdmin;

/** The commands on applications, against a server with a real store. */
class AppCommandsTest {
  private static final String METER = "Ra01.com.company.meter";

  @TempDir private Path folder;
  private RunningAdmin admin;
  private CommandRun.Commands commands;

  @BeforeEach
  void start() {
    admin = RunningAdmin.in(folder.resolve("data"));
    commands = CommandRun.on(folder.resolve("data"));
    assertThat(commands.run("app", "register", METER).exitCode()).isZero();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private CommandRun issue(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("app", "token", METER, "--until", "2030-01-01"));
    arguments.addAll(List.of(more));
    return commands.run(arguments.toArray(String[]::new));
  }

  @Test
  void aTokenIsPrintedThisOnce() {
    CommandRun issued =
        issue("--node", "/asn-1,/asn-2", "--role", "reader@sp.example.org", "--share", "app");

    assertThat(issued.exitCode()).isZero();
    String line = issued.line("token");
    ApplicationToken token = ApplicationToken.read(line.substring(line.lastIndexOf(' ') + 1));
    assertThat(token.nodes()).hasSize(2);
    assertThat(token.services().share()).isEqualTo(CredentialShare.APP);
    assertThat(issued.line("share")).endsWith(" app");
    CommandRun shown = commands.run("app", "show", METER);
    assertThat(shown.out()).contains(token.id().toString(), "/asn-1, /asn-2").doesNotContain("eyJ");
    assertThat(commands.run("app", "show", METER, "--json").out()).doesNotContain("eyJ");
    assertThat(commands.run("app", "list").out()).contains(METER, "active");
    assertThat(commands.run("audit", "list").out())
        .contains("APPLICATION_REGISTERED", "APP_TOKEN_ISSUED", "APP_SIGNING_KEY_MADE")
        .doesNotContain("eyJ");
  }

  @Test
  void aTokenInAFileIsForItsOwnerAloneAndNotPrinted() throws IOException {
    Path file = folder.resolve("meter.token");

    CommandRun issued = issue("--node", "/asn-1", "--out", file.toString(), "--json");

    assertThat(issued.exitCode()).isZero();
    assertThat(issued.out()).doesNotContain("eyJ");
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    String id = ApplicationToken.read(Files.readString(file)).id().toString();
    assertThat(issued.out()).contains("\"tokenId\":\"" + id + "\"");
    CommandRun again = issue("--node", "/asn-1", "--out", file.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
    assertThat(commands.run("app", "show", METER, "--json").out().split("tokenId")).hasSize(2);
  }

  @Test
  void aTokenThatCanNotBeWrittenIsPrinted() {
    CommandRun issued =
        issue("--node", "/asn-1", "--out", folder.resolve("none/meter.token").toString());

    assertThat(issued.exitCode()).isEqualTo(1);
    assertThat(issued.out()).contains("eyJ");
    assertThat(issued.err()).contains("can not be written");
  }

  @Test
  void revokesATokenAndThenTheApplication() {
    CommandRun issued = issue("--node", "/asn-1");
    String id = issued.line("tokenId").substring(16).strip();

    assertThat(commands.run("app", "revoke", "--token", id, "--reason", "leaked").out())
        .contains("revoked", "leaked");
    assertThat(commands.run("app", "revoke", METER).out()).contains("revoked");
    assertThat(issue("--node", "/asn-1").err()).contains("appId: " + METER + " was revoked");
    assertThat(commands.run("app", "register", METER).err()).contains("was registered before");
  }

  @ParameterizedTest
  @CsvSource({
    "'',APP-ID: ",
    "Nx --token x@sp.example.org,APP-ID: ",
    "Nx --instance 1,--instance: ",
    "Nx --node /asn-1,--instance: ",
    "--token x@sp.example.org --instance 1 --node /a,--instance: ",
  })
  void oneThingIsRevokedAtATime(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("app", "revoke"));
    if (!arguments.isEmpty()) {
      all.addAll(List.of(arguments.split(" ")));
    }
    CommandRun run = commands.run(all.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void anInstanceIsNamedWithItsNode() {
    CommandRun run = commands.run("app", "revoke", METER, "--instance", "1", "--node", "/asn-1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("instance: name one that 'app show' lists");
  }

  @Test
  void keysAreRotatedAndShownAsAJwkSet() {
    issue("--node", "/asn-1");
    CommandRun rotated = commands.run("app", "keys", "rotate", "--json");

    assertThat(rotated.out()).matches("\\{\"kid\":\"[A-Za-z0-9_-]{43}\"}\\s*");
    CommandRun shown = commands.run("app", "keys", "show", "--json");
    assertThat(shown.out()).startsWith("{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"");
    assertThat(shown.out().split("\"kid\"")).hasSize(3);
    assertThat(shown.out()).doesNotContain("\"d\"");
  }

  @ParameterizedTest
  @CsvSource({
    "--node,top secret,1,nodes: ",
    "--from,topsecret,2,--from: ",
    "--role,topsecret,1,roles: ",
    "--access-policy,top secret,1,accessPolicy: ",
    "--share,secret,1,share: ",
    "--max-instances,0,1,maxInstances: ",
  })
  void namesWhatIsWrongAndNeverTheValue(String option, String value, int exitCode, String message) {
    CommandRun run = issue("--node", "/asn-1", option, value);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("in-server: " + message).doesNotContain("secret");
  }
}
