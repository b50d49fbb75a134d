// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/**
 * The server on a native provider of elliptic curves, on the JDK's because it was told to, and on
 * the JDK's because the native one was taken away: OpenSSL shakes hands with each.
 */
@Timeout(120)
class CryptoProviderTest extends CertificateTest {
  private static final String NATIVE = "AmazonCorrettoCryptoProvider ";
  private static final String NATIVE_CLASSES = "com/amazon/corretto";
  private static final String FALLBACK = "no native crypto provider: ";

  @TempDir private Path folder;

  @BeforeAll
  static void start(@TempDir Path shared) {
    start(shared, List.of(MEF));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void theJarHasANativeProviderAndUsesIt() {
    assertThat(providerOf(server)).startsWith(NATIVE);
    assertThat(server.process().errors()).doesNotContain(FALLBACK);
    requireHandshake(server);
  }

  @Test
  void theJdksIsUsedWhereTheServerIsToldTo() {
    try (InServer told = start(bed.jars(), List.of(), "jdk")) {
      assertThat(providerOf(told)).doesNotStartWith(NATIVE);
      requireHandshake(told);
    }
  }

  @Test
  void theJdksIsUsedWhereTheNativeOneWasTakenOutOfTheJar() throws IOException {
    Jars without = jarsWithoutNativeProvider();

    try (InServer fallen = start(without, List.of(), "auto")) {
      assertThat(providerOf(fallen)).doesNotStartWith(NATIVE);
      assertFallback(fallen, "none is in the jar");
      requireHandshake(fallen);
    }
    assertThatThrownBy(() -> start(without, List.of(), "native"))
        .hasMessageContaining("--crypto: none is in the jar; give auto or jdk");
  }

  /** As on a machine that lets nobody run what stands in its temporary folder. */
  @Test
  void theJdksIsUsedWhereTheNativeLibraryCanNotBeLoaded() throws IOException {
    Path noFolder = Files.createFile(folder.resolve("no-folder"));

    try (InServer fallen =
        start(
            bed.jars(),
            List.of("-Dcom.amazon.corretto.crypto.provider.tmpdir=" + noFolder),
            "auto")) {
      assertThat(providerOf(fallen)).doesNotStartWith(NATIVE);
      assertFallback(
          fallen, "AmazonCorrettoCryptoProvider offers no EC: its library does not load here");
      requireHandshake(fallen);
    }
  }

  private InServer start(Jars jars, List<String> jvm, String crypto) {
    InServer.Settings certificates = ca("pki").serverSettings(Path.of(file("functions")));
    List<String> options =
        Stream.concat(certificates.options().stream(), Stream.of("--crypto", crypto)).toList();
    return InServer.start(
        jars, folder.resolve("data-" + crypto), new InServer.Settings(jvm, options));
  }

  private static String providerOf(InServer asked) {
    return asked.admin().status().text("cryptoProvider").orElseThrow();
  }

  private static void assertFallback(InServer fallen, String reason) {
    assertThat(fallen.process().errors().lines())
        .filteredOn(line -> line.contains(FALLBACK))
        .singleElement()
        .asString()
        .endsWith(FALLBACK + reason + "; the JDK's computes");
  }

  /** Of a certificate that the server knows: it makes the client known to this server first. */
  private void requireHandshake(InServer toward) {
    String csi = "/crypto-" + toward.ports().coaps();
    String name = file(csi.substring(1));
    var unused = toward.admin().addEnrolee(order(csi, "direct", "cse-id"));
    pki("pki", "issue", "--cse-id", csi, "--out", name);
    try (OpenSslClient client = connect(toward, csi.substring(1), MEF, ForeignNode.BOOTSTRAP)) {
      assertThat(client.report()).contains("ECDHE-ECDSA-AES128-CCM8");
    }
  }

  private Jars jarsWithoutNativeProvider() throws IOException {
    Jars without = new Jars(folder.resolve("without"));
    Files.createDirectories(without.inServer().getParent());
    Files.copy(bed.jars().inServer(), without.inServer());
    try (FileSystem jar = FileSystems.newFileSystem(without.inServer());
        Stream<Path> walk = Files.walk(jar.getPath(NATIVE_CLASSES))) {
      List<Path> classes = walk.sorted(Comparator.reverseOrder()).toList();
      assertThat(classes).as("the jar has a native provider").isNotEmpty();
      for (Path file : classes) {
        Files.delete(file);
      }
    }
    return without;
  }
}
