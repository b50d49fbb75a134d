// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** A provider's CA in the demo's folder, made and used by {@code in-server pki}. */
final class DemoCa {
  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final String MEF = "mef.sp.example.org";

  private final Jars jars;
  private final Path folder;

  private DemoCa(Jars jars, Path folder) {
    this.jars = jars;
    this.folder = folder;
  }

  /** Makes the CA and the MEF's certificate. */
  static DemoCa init(Jars jars, Path folder) {
    DemoCa ca = new DemoCa(jars, folder);
    ca.run("init");
    ca.run("issue", "--function", MEF, "--out", ca.file("mef"));
    return ca;
  }

  /** How a server starts that shows that certificate and trusts the CA. */
  InServer.Settings serverSettings() {
    return new InServer.Settings(
        List.of(),
        List.of(
            "--certificate", file("mef.crt"),
            "--certificate-key", file("mef.key"),
            "--trust", file("pki/ca.crt"),
            "--crl", file("pki/crl.pem")));
  }

  /** Issues a CSE-ID certificate; gives the node's options that name it. */
  List<String> issue(String cseId) {
    run("issue", "--cse-id", cseId, "--out", file("node"));
    return AsnNode.withCertificate(folder.resolve("node"), folder.resolve("pki/ca.crt"));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("pki"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--pki", file("pki")));
    Programs.Outcome outcome = Commands.run(jars.inServer(), COMMAND, command);
    if (outcome.exitCode() != 0) {
      throw new DemoFailedException("in-server pki: " + outcome.errors().strip());
    }
  }
}
