// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.admin.RunningAdmin;

/** Nodes with raw public keys, added to a running server with a real store. */
class PublicKeyCommandsTest {
  /** A key that OpenSSL made, and the SHA-256 of its octets. */
  private static final String KEY =
      "3059301306072a8648ce3d020106082a8648ce3d030107034200048425a9865387e077c10aa1d4a884f80a925a35"
          + "e911667f4322afce2608032bc3be47866aa302b49a388c50332e0433caf93a48ccb11b0cb0f1ca59900e87c0"
          + "15";

  private static final String ID = "ni:///sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo";
  private static final String KNOWN_AS = "30-36e1abfd35e8b289d88d97126a61978a@mef.sp.example.org";

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

  @ParameterizedTest
  @CsvSource({"hex", "ni", "der", "pem"})
  void takesTheKeyInAnyOfItsForms(String form) throws IOException {
    CommandRun run =
        commands.run("enrolee", "add", "--method", "rpk", "--public-key", written(form));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(KNOWN_AS, ID);
    assertThat(commands.run("enrolee", "revoke", KNOWN_AS).exitCode()).isZero();
  }

  private String written(String form) throws IOException {
    byte[] der = HexFormat.of().parseHex(KEY);
    return switch (form) {
      case "hex" -> KEY;
      case "ni" -> ID;
      case "der" -> Files.write(folder.resolve("node.der"), der).toString();
      default ->
          Files.writeString(
                  folder.resolve("node.pub"),
                  "-----BEGIN PUBLIC KEY-----\n"
                      + Base64.getMimeEncoder().encodeToString(der)
                      + "\n-----END PUBLIC KEY-----\n")
              .toString();
    };
  }

  @Test
  void importsRawPublicKeys() throws IOException {
    Path nodes =
        Files.writeString(
            folder.resolve("nodes.csv"), "method,publicKey,csi\nrpk," + ID + ",/a\npsk,,/b\n");

    CommandRun run = commands.run("enrolee", "import", nodes.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains(KNOWN_AS, "2 imported");
  }

  @ParameterizedTest
  @CsvSource({
    "no-such-file,2,publicKey: can not be read",
    "3059,2,publicKey: give a SubjectPublicKeyInfo",
    "ni:///sha-1;AA,2,publicKey: use sha-256",
  })
  void namesWhatIsWrong(String key, int exitCode, String message) {
    CommandRun run = commands.run("enrolee", "add", "--public-key", key);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("in-server: " + message);
  }

  @Test
  void wantsTheKeyWithTheMethod() {
    CommandRun run = commands.run("enrolee", "add", "--method", "rpk");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("in-server: publicKey: give the node's public key");
  }
}
