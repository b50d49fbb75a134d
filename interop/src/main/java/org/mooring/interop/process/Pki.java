// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.Programs;

/** A CA that {@code in-server pki} keeps in a folder. */
public final class Pki {
  private static final Duration COMMAND = Duration.ofSeconds(60);

  private final Path inServer;
  private final Path folder;

  /**
   * @param folder the CA's; {@code init} makes it
   */
  public Pki(Jars jars, Path folder) {
    this.inServer = jars.inServer();
    this.folder = folder;
  }

  /**
   * Runs one of its commands.
   *
   * @throws IllegalStateException with what it wrote to standard error, if it fails
   */
  public void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("pki"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--pki", folder.toString()));
    Programs.Outcome outcome = Commands.run(inServer, COMMAND, command);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException("in-server pki: " + outcome.errors().strip());
    }
  }

  /** Its certificate, which relying parties trust. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /** Its private key. */
  public Path key() {
    return folder.resolve("ca.key");
  }

  /** Its newest revocation list. */
  public Path revocationList() {
    return folder.resolve("crl.pem");
  }

  /** A certificate that it issued, by its serial number in hex. */
  public Path issued(String serial) {
    return folder.resolve("certificates").resolve(serial + ".crt");
  }

  /** As {@link #serverSettings}, where the CA also certifies nodes' keys over EST. */
  public InServer.Settings estServerSettings(Path name, String... more) {
    List<String> options = new ArrayList<>(serverSettings(name).options());
    options.addAll(List.of("--est-ca", folder.toString()));
    options.addAll(List.of(more));
    return new InServer.Settings(List.of(), options);
  }

  /**
   * How a server starts that shows a certificate of this CA and trusts it.
   *
   * @param name the certificate's and its key's file without {@code .crt} and {@code .key}
   */
  public InServer.Settings serverSettings(Path name) {
    return new InServer.Settings(
        List.of(),
        List.of(
            "--certificate",
            name + ".crt",
            "--certificate-key",
            name + ".key",
            "--trust",
            certificate().toString(),
            "--crl",
            revocationList().toString()));
  }
}
