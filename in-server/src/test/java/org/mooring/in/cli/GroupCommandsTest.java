// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.admin.RunningAdmin;

/** The commands on groups, against a server with a real store. */
class GroupCommandsTest {
  private static final String KEY =
      "hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

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

  private CommandRun add(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("group", "add", name, "--claim-limit", "3", "--expires", "2030-01-01"));
    arguments.addAll(List.of(more));
    return commands.run(arguments.toArray(String[]::new));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void printsTheKeyThatTheServerMadeOnceAndNoOther() {
    CommandRun made = add("pumps", "--json");
    CommandRun given = add("valves", "--group-key", KEY, "--json");

    assertThat(made.out()).containsPattern("\"groupKey\":\"hex:[0-9a-f]{64}\"");
    assertThat(given.exitCode()).isZero();
    assertThat(given.out()).doesNotContain("groupKey", "00010203");
    assertThat(commands.run("group", "show", "pumps").out()).doesNotContain("hex:");
    assertThat(commands.run("group", "list").out()).contains("pumps", "valves", "active");
  }

  @Test
  void takesAListOfDevicesAndFurtherOnes() throws IOException {
    Path list = file("devices.csv", "batch,deviceId\n7,SN-1\n7,SN-2\n");

    assertThat(add("pumps", "--devices", list.toString(), "--json").out())
        .contains("\"approval\":\"listed\"");
    assertThat(commands.run("group", "approve", "pumps", "SN-3", "--json").exitCode()).isZero();
    assertThat(commands.run("group", "approve", "pumps", "SN-1", "--deny").exitCode()).isZero();
    assertThat(commands.run("audit", "list").out())
        .contains("GROUP_DEVICE_APPROVED", "pumps.SN-3@mef.sp.example.org", "GROUP_DEVICE_DENIED");
  }

  @Test
  void changesBoundsAndRevokesForGood() {
    add("pumps");

    assertThat(commands.run("group", "change", "pumps", "--claim-limit", "9", "--json").out())
        .contains("\"claimLimit\":9", "\"expires\":\"2030-01-01T00:00:00Z\"");
    assertThat(commands.run("group", "revoke", "pumps", "--reason", "done", "--json").out())
        .contains("\"status\":\"revoked\"", "\"reason\":\"done\"");
    assertThat(commands.run("group", "change", "pumps", "--claim-limit", "9").err())
        .contains("group: pumps was revoked");
    assertThat(add("pumps").err()).contains("name: pumps was used before");
  }

  @ParameterizedTest
  @CsvSource({
    "--group-key,utf8:topsecret,1,groupKey: ",
    "--group-key,topsecret,2,--group-key: ",
    "--approval,topsecret,1,approval: ",
    "--hook,http://topsecret/,1,hook: ",
    "--hook,https://a:topsecret@b.org/,1,hook: ",
    "--path,topsecret,1,path: ",
  })
  void namesWhatIsWrongAndNeverTheValue(String option, String value, int exitCode, String message) {
    CommandRun run = add("pumps", option, value);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("in-server: " + message).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "serial\\nSN-1,name a column deviceId",
    "deviceId\\nSN-1\\nSN-1,line 3",
    "deviceId\\nSN 1,line 2",
    "deviceId\\n,give 1 to",
  })
  void namesTheLineOfAListThatIsWrong(String content, String message) throws IOException {
    Path list = file("devices.csv", content.replace("\\n", "\n"));

    CommandRun run = add("pumps", "--devices", list.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(message);
    assertThat(commands.run("group", "list").out()).doesNotContain("pumps");
  }

  @Test
  void derivesKeysWithoutAServer() throws IOException {
    admin.close();
    Path list = file("devices.csv", "deviceId\nSN-000001\nsn-000001\n");
    Path key = file("group.key", KEY);
    Path out = folder.resolve("keys.csv");

    CommandRun run =
        commands.run(
            "group",
            "derive",
            "pumps",
            list.toString(),
            "--group-key",
            "file:" + key,
            "--out",
            out.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("2 derived\n");
    // As Python's hmac has them, see key-ladder-vectors.json.
    assertThat(out)
        .hasContent(
            """
            kpmId,kpm
            pumps.SN-000001@mef.sp.example.org,hex:949ffb105b8e8133bbe19e92d1514ee0718ed28dcd86956e170ad69c0f960879
            pumps.sn-000001@mef.sp.example.org,hex:933a6151ccdf5e6dc1db9fd8824b19e2dd56e57fa41f0be2016c85ba0b22659d
            """);
    assertThat(Files.getPosixFilePermissions(out))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(
            commands
                .run(
                    "group",
                    "derive",
                    "pumps",
                    list.toString(),
                    "--group-key",
                    KEY,
                    "--out",
                    out.toString())
                .err())
        .contains("name a new file");
  }

  @Test
  void derivesAFactoryFileForEachDevice() throws IOException {
    Path list = file("devices.csv", "deviceId\nSN-1\n");
    Path files = folder.resolve("factory");

    CommandRun run =
        commands.run(
            "group",
            "export",
            "pumps",
            list.toString(),
            "--group-key",
            KEY,
            "--mef-fqdn",
            "MEF.example.com",
            "--factory-files",
            files.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(files.resolve("SN-1.json"))
        .content()
        .startsWith("{\"kpmId\":\"pumps.SN-1@mef.example.com\",\"kpm\":\"hex:");
  }

  @Test
  void theQrCodeOfANewKeyIsReadBack() throws Exception {
    CommandRun run =
        commands.run(
            "enrolee",
            "add",
            "--kpm-id",
            "mote@mef.sp.example.org",
            "--qr",
            "--qr-mef",
            "coaps://in.example.org:5684");

    assertThat(run.exitCode()).isZero();
    String text = member(run.out(), "factoryText");
    assertThat(text)
        .startsWith("mooring:1?kpmid=mote%40mef.sp.example.org&kpm=")
        .endsWith("&mef=coaps%3A%2F%2Fin.example.org%3A5684");
    assertThat(PrintedQrCode.read(run.out())).isEqualTo(text);
  }

  @Test
  void theQrCodeOfAReplacedKeyIsReadBack() throws Exception {
    commands.run("enrolee", "add", "--kpm-id", "mote@mef.sp.example.org", "--csi", "/mote");

    CommandRun run = commands.run("enrolee", "rekey", "mote@mef.sp.example.org", "--qr");

    assertThat(run.exitCode()).isZero();
    String id = member(run.out(), "kpmId");
    assertThat(id).matches("[0-9A-F]{32}@mef\\.sp\\.example\\.org");
    assertThat(PrintedQrCode.read(run.out()))
        .isEqualTo(member(run.out(), "factoryText"))
        .contains(id.substring(0, 32));
    assertThat(commands.run("enrolee", "show", id, "--json").out()).contains("\"csi\":\"/mote\"");
    assertThat(commands.run("enrolee", "show", "mote@mef.sp.example.org").exitCode()).isEqualTo(1);
    assertThat(commands.run("enrolee", "show", id).out()).doesNotContain("factoryText");
  }

  @Test
  void onlyAKpmIsReplacedAndShownAsAQrCode() {
    CommandRun added = commands.run("enrolee", "add", "--method", "preprovisioned", "--csi", "/a");
    assertThat(commands.run("enrolee", "rekey", member(added.out(), "kmId")).err())
        .contains("is of no Kpm");
    assertThat(commands.run("enrolee", "add", "--method", "preprovisioned", "--qr").err())
        .contains("--qr: leave it out");
    assertThat(commands.run("enrolee", "rekey", "nobody@mef.sp.example.org").err())
        .contains("is not enrolled");
  }

  private static String member(String printed, String name) {
    Matcher matcher = Pattern.compile("^" + name + " +(\\S+)$", Pattern.MULTILINE).matcher(printed);
    assertThat(matcher.find()).as(printed).isTrue();
    return matcher.group(1);
  }
}
