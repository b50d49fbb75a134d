// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a node is given to enrol with, where it does not fit: named, and no key repeated. */
class CredentialOptionsTest extends CommandLineBench {
  @Test
  void aMalformedKeyIsNotRepeated() throws IOException {
    int exit =
        execute(
            "enrol",
            "--vault",
            vault(),
            "--mef",
            "coaps://127.0.0.1",
            "--kpm-id",
            "a@b.org",
            "--kpm",
            "hex:secretsecret");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --kpm: write an even number of hex digits after hex:\n")
        .doesNotContain("secretsecret");
  }

  @Test
  void aKeyBehindAMistypedOptionIsNotRepeated() throws IOException {
    assertThat(execute("enrol", "--vault", vault(), "--kpn", "hex:secretsecret")).isEqualTo(2);
    assertThat(err.toString()).contains("--kpn").doesNotContain("secretsecret");
  }

  @Test
  void aMalformedFactoryTextIsNotRepeated() throws IOException {
    Path text = Files.writeString(Path.of(vault() + ".qr"), "mooring:1?kpmid=a@b.org&kpm=secret!");

    assertThat(execute("enrol", "--vault", vault(), "--factory-text", "file:" + text)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --factory-text: kpm: write 1 to 1024 octets as base64url\n")
        .doesNotContain("secret!");
  }

  @Test
  void aFactoryTextIsReadFromAFileOrStandardInputAlone() throws IOException {
    String text = "mooring:1?kpmid=a@b.org&kpm=c2VjcmV0";

    assertThat(execute("enrol", "--vault", vault(), "--factory-text", text)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --factory-text: write '-' for standard input, or file:PATH\n")
        .doesNotContain("c2VjcmV0");
    Path file = Files.writeString(Path.of(vault() + ".qr"), text);
    assertThat(execute("enrol", "--vault", vault(), "--factory-text", "file:" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("--mef: give it");
  }

  @Test
  void factoryFilesThatDoNotFitAreNamedWithoutTheirKeys() throws IOException {
    assertFactoryFile("{}", "give one of kpmId, kmId, kpsaId and impi");
    assertFactoryFile("[]", "write one JSON object");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"kpsaId\":\"b@c.org\"}", "give one of");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\"}", "give km, a text");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"km\":\"topsecret\"}", "km: ");
    assertFactoryFile("{\"kmId\":\"topsecret\",\"km\":\"utf8:topsecret\"}", "kmId: ");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"km\":\"utf8:topsecret\"}", "give ccfg");
    assertFactoryFile(
        "{\"kpmId\":\"a@mef.example.org\",\"kpm\":\"utf8:topsecret\",\"expires\":\"soon\"}",
        "write expires as");
    assertFactoryFile("{\"kpmId\":\"a@mef.example.org\",\"impi\":\"b@c.org\"}", "give one of");
    String usim = "{\"impi\":\"a@b.org\",\"usimK\":\"utf8:%s\",\"usimOpc\":\"utf8:%s\"}";
    assertFactoryFile(usim.formatted("topsecret", "topsecret"), "K: give 16 octets");
    assertFactoryFile(usim.formatted("topsecret0123456", "topsecret0123456"), "give mef");
  }

  private void assertFactoryFile(String content, String remedy) throws IOException {
    Path file = Files.writeString(folder.resolve("factory.json"), content);

    assertFactory("--factory-file: ", "--factory-file", file.toString());
    assertThat(err.toString()).contains(remedy).doesNotContain("topsecret");
  }

  @Test
  void aFactoryFileTakesThePlaceOfTheOptions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("factory.json"), "{\"kpmId\":\"a@b.org\",\"kpm\":\"utf8:secret\"}");

    assertThat(
            execute(
                "enrol",
                "--vault",
                vault(),
                "--factory-file",
                file.toString(),
                "--kpm-id",
                "a@b.org"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("leave out --kpm-id and --kpm");
  }

  @Test
  void certificateOptionsThatDoNotFitAreNamed() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "no certificate").toString();

    assertCertificate("give --certificate-key and --trust", "--certificate", file);
    assertCertificate(
        "give a private key as PKCS#8",
        "--certificate",
        file,
        "--certificate-key",
        file,
        "--trust",
        file);
    assertCertificate(
        "can not be read", "--certificate", file, "--certificate-key", file + "x", "--trust", file);
  }

  private void assertCertificate(String remedy, String... options) throws IOException {
    assertFactory("--certificate: ", options);
    assertThat(err.toString()).contains(remedy);
  }

  @Test
  void rawKeyOptionsThatDoNotFitAreNamed() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "no key").toString();
    String id = "ni:///sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo";

    assertFactory("--raw-key: give --trust or --mef-public-key", "--raw-key", file);
    assertFactory("--raw-key: give --trust or --mef-public-key", "--mef-public-key", id);
    assertFactory(
        "--raw-key: give --trust or --mef-public-key",
        "--raw-key",
        file,
        "--trust",
        file,
        "--mef-public-key",
        id);
    assertFactory(
        "--raw-key: give a private key as PKCS#8", "--raw-key", file, "--mef-public-key", id);
  }

  @Test
  void usimOptionsThatDoNotFitAreNamedWithoutTheKey() throws IOException {
    String key = "utf8:topsecret0123456topsecret0123456";

    assertUsim("--usim: give it", "--impi", "a@b.org");
    assertUsim("--ub: give it", "--impi", "a@b.org", "--usim", key);
    assertUsim("--ub: write coap://", "--impi", "a@b.org", "--usim", key, "--ub", "coaps://a:1");
    assertUsim(
        "--usim: give K and OPc, 16 octets each",
        "--impi",
        "a@b.org",
        "--usim",
        "utf8:topsecret",
        "--ub",
        "coap://a:1");
  }

  private void assertUsim(String message, String... options) throws IOException {
    assertFactory(message, options);
    assertThat(err.toString()).doesNotContain("topsecret");
  }

  private void assertFactory(String message, String... options) throws IOException {
    assertThat(wrongEnrol(options)).startsWith("asn-client: " + message);
    assertThat(Path.of(vault()).resolve("vault.bin")).doesNotExist();
  }
}
