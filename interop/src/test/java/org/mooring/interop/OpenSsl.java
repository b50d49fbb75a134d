// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.PeerFailedException;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.RawKey;

/** OpenSSL's commands on files in a folder. */
public final class OpenSsl {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path program;
  private final Path folder;

  private OpenSsl(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** Skips the test, or fails it, where the program is missing. */
  public static OpenSsl in(Path folder) {
    return new OpenSsl(Peers.require("openssl", OpenSslClient.program()), folder);
  }

  public Programs.Outcome run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return Programs.run(PATIENCE, command);
  }

  /** Makes a key pair, NAME.key, and a request for it, NAME.csr. */
  public Programs.Outcome request(String name) {
    return run(
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-keyout",
        folder.resolve(name + ".key").toString(),
        "-out",
        folder.resolve(name + ".csr").toString());
  }

  /** Makes a key pair without a certificate, NAME.pem, and its public half, NAME.pub. */
  public RawKey rawKey(String name) {
    RawKey made = RawKey.at(folder.resolve(name));
    requireDone(
        run(
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            made.pair().toString()));
    requireDone(
        run("pkey", "-in", made.pair().toString(), "-pubout", "-out", made.publicKey().toString()));
    try {
      Files.write(made.pair(), Files.readAllBytes(made.publicKey()), StandardOpenOption.APPEND);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(name + ": can not be written", e);
    }
  }

  private static void requireDone(Programs.Outcome outcome) {
    if (outcome.exitCode() != 0) {
      throw new PeerFailedException("openssl: " + outcome.errors());
    }
  }
}
