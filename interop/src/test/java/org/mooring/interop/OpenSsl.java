// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.peer.Programs;

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
}
