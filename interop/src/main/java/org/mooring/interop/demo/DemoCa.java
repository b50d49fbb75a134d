// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.nio.file.Path;
import java.util.List;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.process.Pki;

/** A provider's CA in the demo's folder. */
final class DemoCa {
  private static final String MEF = "mef.sp.example.org";

  private final Pki pki;
  private final Path folder;

  private DemoCa(Pki pki, Path folder) {
    this.pki = pki;
    this.folder = folder;
  }

  /** Makes the CA and the MEF's certificate. */
  static DemoCa init(Jars jars, Path folder) {
    DemoCa ca = new DemoCa(new Pki(jars, folder.resolve("pki")), folder);
    ca.pki.run("init");
    ca.pki.run("issue", "--function", MEF, "--out", ca.file("mef").toString());
    return ca;
  }

  /** How a server starts that shows that certificate and trusts the CA. */
  InServer.Settings serverSettings() {
    return pki.serverSettings(file("mef"));
  }

  /** Issues a CSE-ID certificate; gives the node's options that name it. */
  List<String> issue(String cseId) {
    pki.run("issue", "--cse-id", cseId, "--out", file("node").toString());
    return AsnNode.withCertificate(file("node"), pki.certificate());
  }

  /** Its certificate, which a node trusts. */
  Path certificate() {
    return pki.certificate();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
