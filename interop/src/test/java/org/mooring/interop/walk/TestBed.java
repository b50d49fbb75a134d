// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** A folder with a server's data and nodes' vaults, and the processes started on them. */
final class TestBed implements AutoCloseable {
  private final Jars jars;
  private final Path folder;
  private final List<AutoCloseable> running = new ArrayList<>();

  private TestBed(Jars jars, Path folder) {
    this.jars = jars;
    this.folder = folder;
  }

  /** A bed on an empty folder; skips the test where the build has not come to the jars yet. */
  static TestBed in(Path folder) {
    Jars jars = Jars.ofThisProject();
    Assumptions.assumeTrue(jars.areBuilt(), "the jars are not built: run mvn verify");
    return new TestBed(jars, folder);
  }

  /**
   * An enrolee as the server knows it.
   *
   * @param kpm in a form that the command line takes
   */
  record Enrolee(String kpmId, String kpm, String csi, String nodeId) {
    byte[] key() {
      return KeyText.parseInline(kpm).toByteArray();
    }

    ForeignNode.Credential credential() {
      return new ForeignNode.Credential(kpmId, key());
    }

    String keyAsHex() {
      return HexFormat.of().formatHex(key()).toLowerCase(Locale.ROOT);
    }
  }

  Jars jars() {
    return jars;
  }

  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  Path vaultOf(Enrolee enrolee) {
    return folder.resolve("vault" + enrolee.csi().replace('/', '-'));
  }

  InServer startServer() {
    return startServer(InServer.Settings.DEFAULT);
  }

  InServer startServer(InServer.Settings settings) {
    return keep(InServer.startToComeBack(jars, data(), settings));
  }

  InServer restartServer(InServer killed, InServer.Settings settings) {
    return keep(killed.restart(jars, settings));
  }

  Enrolee addEnrolee(InServer server, String path) {
    return addEnrolee(server, Attributes.builder().put("path", path).build());
  }

  Enrolee addEnrolee(InServer server, Attributes order) {
    Attributes added = server.admin().addEnrolee(order);
    return new Enrolee(
        added.text("kpmId").orElseThrow(),
        added.text("kpm").or(() -> order.text("kpm")).orElseThrow(),
        added.text("csi").orElseThrow(),
        added.text("nodeId").orElseThrow());
  }

  /**
   * Starts a node, or starts it again on its vault.
   *
   * @param port where it finds the MEF, a relay's or the server's
   */
  AsnNode startNode(Enrolee enrolee, int port, List<String> jvm, List<String> options) {
    Path file = folder.resolve(vaultOf(enrolee).getFileName() + ".factory");
    AsnNode.Settings settings =
        new AsnNode.Settings(
            vaultOf(enrolee),
            port,
            AsnNode.withKpm(file, enrolee.kpmId(), enrolee.kpm()),
            jvm,
            options);
    return startNode(settings);
  }

  AsnNode startNode(AsnNode.Settings settings) {
    return keep(AsnNode.start(jars, settings));
  }

  private <T extends AutoCloseable> T keep(T started) {
    running.add(started);
    return started;
  }

  @Override
  public void close() {
    for (AutoCloseable process : running) {
      try {
        process.close();
      } catch (Exception e) {
        throw new IllegalStateException("a process of the test does not end", e);
      }
    }
  }
}
