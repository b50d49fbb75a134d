// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.in.admin.Ports;
import org.mooring.in.admin.RunningAdmin;

/** The commands that speak to a running server, against one with a real store. */
class CommandsTest {
  private static final String KPM = "hex:00112233445566778899aabbccddeeff";
  private static final String MOTE = "mote@mef.sp.example.org";

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

  @Test
  void addsAnEnroleeAndEchoesItsKeyAsAFingerprintOnly() {
    CommandRun run =
        commands.run("enrolee", "add", "--kpm-id", MOTE, "--kpm", KPM, "--csi", "/mote", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith(
            "{\"kpmId\":\"mote@mef.sp.example.org\",\"csi\":\"/mote\",\"nodeId\":\"urn:uuid:")
        .contains("\"fingerprint\":")
        .doesNotContain("00112233", "\"kpm\":");
  }

  @Test
  void severalAesShareACredential() {
    CommandRun run =
        commands.run(
            "enrolee", "add", "--kpm-id", MOTE, "--aei", "/Spump", "--aei", "/Svalve,/Smeter");

    assertThat(run.exitCode()).isZero();
    assertThat(run.line("aei")).endsWith(" /Spump");
    assertThat(commands.run("enrolee", "show", MOTE).line("sharedBy"))
        .endsWith(" /Smeter, /Svalve");
  }

  @ParameterizedTest
  @CsvSource({
    "--csi /mote --aei /Spump,2,give it to a node that has no CSE",
    "--aei /Spump --aei /Cvalve,2,a stem with 'C' stands below a CSE-ID",
    "--aei /Spump --aei /S,1,write '/S' and then letters",
    "--aei /Spump --aei /Spump,1,belongs to another enrolee",
  })
  void namesWhichAeIdCanNotShareACredential(String options, int exitCode, String message) {
    CommandRun run = commands.run(("enrolee add " + options).split(" "));

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("in-server: aei: ").contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void writesWhatThePreProvisionedNodeIsToBeGiven() throws IOException {
    Path file = folder.resolve("node.json");

    CommandRun run =
        commands.run(
            "enrolee",
            "add",
            "--km-id",
            "Mote@maf.sp.example.org",
            "--km",
            KPM,
            "--csi",
            "/mote",
            "--factory-file",
            file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("mote@maf.sp.example.org").doesNotContain("00112233");
    assertThat(Files.readString(file))
        .startsWith("{\"kmId\":\"mote@maf.sp.example.org\",\"km\":\"" + KPM + "\"")
        .contains("\"ccfg\":{", "\"csi\":\"/mote\"", "\"path\":\"maf\"");
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void writesWhatANodeWithACertificateHasToKnow() throws IOException {
    Path file = folder.resolve("node.json");

    CommandRun run =
        commands.run(
            "enrolee",
            "add",
            "--method",
            "certificate",
            "--csi",
            "/mote",
            "--path",
            "direct",
            "--factory-file",
            file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(file))
        .startsWith("{\"certificateId\":\"32-")
        .contains("\"ccfg\":{", "\"csi\":\"/mote\"", "\"path\":\"direct\"");
  }

  @Test
  void tellsAKeyThatItCouldNotWrite() {
    CommandRun run =
        commands.run(
            "enrolee",
            "add",
            "--method",
            "preprovisioned",
            "--json",
            "--factory-file",
            folder.resolve("nowhere/node.json").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("node.json: can not be written");
    assertThat(run.out()).containsPattern("\"km\":\"hex:[0-9a-f]{64}\"");
  }

  @Test
  void addsNothingWhereTheFactoryFileIsThereAlready() throws IOException {
    Path file = Files.writeString(folder.resolve("node.json"), "mine");

    CommandRun run =
        commands.run(
            "enrolee",
            "add",
            "--method",
            "preprovisioned",
            "--csi",
            "/mote",
            "--factory-file",
            file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("name a new file");
    assertThat(file).hasContent("mine");
    assertThat(commands.run("enrolee", "list").out()).doesNotContain("/mote");
  }

  @Test
  void writesAFactoryFileForEachImportedNode() throws IOException {
    Path nodes =
        Files.writeString(
            folder.resolve("nodes.csv"), "method,path,csi\npreprovisioned,direct,/a\npsk,,/b\n");
    Path files = folder.resolve("factory");

    CommandRun run =
        commands.run("enrolee", "import", nodes.toString(), "--factory-files", files.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(files.resolve("a.json"))
        .content()
        .contains("\"kpsaId\":", "\"kpsa\":\"hex:", "\"ccfg\":");
    assertThat(files.resolve("b.json"))
        .content()
        .contains("\"kpmId\":", "\"kpm\":\"hex:")
        .doesNotContain("ccfg");
  }

  @Test
  void printsAKeyThatWasGeneratedHere() {
    CommandRun run = commands.run("enrolee", "add", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("\"kpm\":\"hex:[0-9a-f]{64}\"");
  }

  @Test
  void readsAKeyFromAFile() throws IOException {
    Path key = Files.writeString(folder.resolve("kpm"), KPM + "\n");

    CommandRun fromFile = commands.run("enrolee", "add", "--kpm", "file:" + key);
    CommandRun inline = commands.run("enrolee", "add", "--kpm", KPM);

    assertThat(fromFile.exitCode()).isZero();
    assertThat(fromFile.line("fingerprint")).isEqualTo(inline.line("fingerprint"));
  }

  @ParameterizedTest
  @CsvSource({
    "--kpm,topsecret,2,kpm: ",
    "--kpm,utf8:topsecret,1,kpm: ",
    "--expires,topsecret,2,expires: ",
    "--expires,2020-01-01,1,expires: ",
    "--path,topsecret,2,path: ",
    "--csi,topsecret,2,csi: ",
    "--kpm-id,topsecret,2,kpmId: ",
  })
  void namesTheFieldThatIsWrong(String option, String value, int exitCode, String message) {
    CommandRun run = commands.run("enrolee", "add", option, value);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("in-server: " + message).doesNotContain("secret");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void repeatsNoKeyBehindAMistypedOption() {
    CommandRun run = commands.run("enrolee", "add", "--kpn", KPM);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--kpn").doesNotContain("0011");
  }

  @Test
  void importsCsv() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("nodes.csv"),
            "csi,kpm,expires\n/a," + KPM + ",90d\n\n\"/b\",,2030-01-31\n");

    CommandRun run = commands.run("enrolee", "import", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("2 imported");
    assertThat(commands.run("enrolee", "list").out())
        .contains("/a ", "/b ", "2030-01-31T00:00:00Z");
  }

  @Test
  void importsJson() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("nodes.json"),
            " [{\"csi\":\"/a\"},\n {\"csi\":\"/b\",\"path\":\"direct\"}]");

    CommandRun run = commands.run("enrolee", "import", "--json", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("{\"enrolees\":[{");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "csi;/a;b | line 3, csi: ",
        "csi;/a;/a | line 3, csi: ",
        "csi,kpm;/a,;/b,topsecret | line 3, kpm: ",
        "csi,kpm;/a,;/b | line 3, row: ",
        "csi,csi;/a,/a | line 1, header: ",
        "csi,topsecret;/a,/a | line 1, header: ",
        "csi;\"/a | line 2, row: ",
        "csi;\"/a\"x | line 2, row: ",
        "[{\"csi\":\"/a\"},;{\"csi\":\"/a\"}] | line 2, element 2, csi: ",
        "[{\"csi\":\"/a\"},;;{\"kpm\":\"topsecret\"}] | line 3, element 2, kpm: ",
        "[{\"csi\":\"/a\"},;{\"csi\":1}] | line 2, element 2, csi: ",
        "[{\"csi\":\"/a\",;\"csi\":\"/a\"}] | line 2, element 1, JSON: ",
        "[{\"csi\":\"/a\"},;{\"topsecret\":1}] | line 2, element 2, member: ",
        "[{\"csi\":\"/a\"}];x | line 2, JSON: ",
        "[{\"csi\":\"/a\"},;\"topsecret\"] | line 2, element 2, JSON: ",
        "[{\"csi\":\"/a\"} | element 2, JSON: ",
        "csi; | give at least one enrolee",
      })
  void importsNothingOnAnErrorAndNamesLineAndField(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("nodes"), text.replace(';', '\n'));

    CommandRun run = commands.run("enrolee", "import", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(message).doesNotContain("secret").hasLineCount(1);
    assertThat(commands.run("enrolee", "list").out()).hasLineCount(1);
  }

  @Test
  void revokesAndShowsAnEnrolee() {
    commands.run("enrolee", "add", "--kpm-id", MOTE);

    CommandRun revoked = commands.run("enrolee", "revoke", MOTE, "--reason", "stolen");
    CommandRun shown = commands.run("enrolee", "show", MOTE);

    assertThat(revoked.exitCode()).isZero();
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.line("status")).endsWith("revoked");
    assertThat(shown.line("reason")).endsWith("stolen");
    assertThat(shown.out()).contains("kpm ");
  }

  @ParameterizedTest
  @CsvSource({"enrolee,show", "enrolee,revoke", "enrolee,end", "key,revoke"})
  void failsOnWhatIsNotThere(String group, String command) {
    CommandRun run = commands.run(group, command, "nobody@mef.sp.example.org");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("in-server: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "revoke"})
  void saysWhoIsNotEnrolled(String command) {
    CommandRun run = commands.run("enrolee", command, "nobody@mef.sp.example.org");

    assertThat(run.err())
        .isEqualTo(
            "in-server: id: nobody@mef.sp.example.org is not enrolled; 'enrolee list' shows who"
                + " is\n");
  }

  @Test
  void namesTheOptionThatTakesAWeakKey() {
    CommandRun run = commands.run("enrolee", "add", "--kpm", "utf8:short");

    assertThat(run.err()).contains("start the server with --allow-weak-key");
  }

  @Test
  void revokesAKey() {
    commands.run("enrolee", "add", "--kpm-id", MOTE);

    assertThat(commands.run("key", "revoke", MOTE).exitCode()).isZero();
  }

  @Test
  void readsAndVerifiesTheAuditLog() {
    commands.run("enrolee", "add", "--kpm-id", MOTE);

    assertThat(commands.run("audit", "verify").exitCode()).isZero();
    assertThat(commands.run("audit", "list", "--limit", "5").out())
        .contains("ENROLEE_ADDED", MOTE, "admin");
  }

  @Test
  void warnsInTheStatusOfAnOpenPort() {
    CommandRun run = commands.run("status");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("WARNING: coap-mode open").contains("sessions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "audit verify", "enrolee list", "enrolee add"})
  void saysWhatToDoWhereNoServerRuns(String command) {
    CommandRun run = CommandRun.on(folder.resolve("elsewhere")).run(command.split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no server runs on").contains("serve --data");
  }

  @Test
  void saysSoWhereTheServerIsGone() {
    admin.folder().writePorts(new Ports(1, 2, 1));

    CommandRun run = commands.run("status");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no server runs on");
  }
}
