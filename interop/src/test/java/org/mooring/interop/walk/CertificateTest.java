// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Pki;

/** A server with certificates of its own CA, and {@code openssl s_client} toward its MEF. */
abstract class CertificateTest {
  static final String MEF = "mef.sp.example.org";
  static final String MAF = "maf.sp.example.org";
  static final Duration PATIENCE = Duration.ofSeconds(30);

  static OpenSsl openssl;
  static TestBed bed;
  static InServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    openssl = OpenSsl.in(folder);
    bed = TestBed.in(folder);
    pki("pki", "init");
    pki("pki", "issue", "--function", MEF, "--out", file("mef"));
    server = bed.startServer(ca("pki").serverSettings(Path.of(file("mef"))));
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  static String file(String name) {
    return bed.folder().resolve(name).toString();
  }

  /** The CA in a folder. */
  static Pki ca(String name) {
    return new Pki(bed.jars(), bed.folder().resolve(name));
  }

  /** Runs {@code in-server pki} on the CA in a folder. */
  static void pki(String name, String... arguments) {
    ca(name).run(arguments);
  }

  static TestBed.Enrolee enrolee(String csi, String path, String certificate) {
    Attributes added = server.admin().addEnrolee(order(csi, path, certificate));
    return new TestBed.Enrolee(
        added.text("certificateId").orElseThrow(), "", csi, added.text("nodeId").orElseThrow());
  }

  static Attributes order(String csi, String path, String certificate) {
    return Attributes.builder()
        .put("method", "certificate")
        .put("certificate", certificate)
        .put("csi", csi)
        .put("path", path)
        .build();
  }

  static OpenSslClient connect(String name) {
    return connect(server, name);
  }

  static OpenSslClient connect(InServer toward, String name) {
    return OpenSslClient.connect(
        new OpenSslClient.CertificateSettings(
            toward.ports().coaps(),
            MEF,
            Path.of(file(name + ".crt")),
            Path.of(file(name + ".key")),
            Path.of(file("pki/ca.crt")),
            ForeignNode.BOOTSTRAP));
  }
}
