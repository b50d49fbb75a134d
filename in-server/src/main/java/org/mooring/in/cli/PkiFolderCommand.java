// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that works on the CA in a folder and prints what came of it. */
abstract class PkiFolderCommand implements Runnable {
  static final String LIST_LIFETIME = "7d";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      defaultValue = "mooring-pki",
      description = "folder of the CA (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of("mooring-pki");

  @Option(names = "--json", description = "print JSON for machines")
  private boolean json;

  @Override
  public final void run() {
    Attributes done = work(CertificateAuthority.in(folder, InstantSource.system()));
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      Output.json(out, done);
    } else {
      print(out, done);
    }
    out.flush();
  }

  /**
   * Does the work.
   *
   * @throws org.mooring.in.pki.PkiException with what the CA can not do
   */
  abstract Attributes work(CertificateAuthority authority);

  /** Prints what came of it for people. */
  void print(PrintWriter out, Attributes done) {
    Output.members(out, done);
  }

  Path folder() {
    return folder;
  }
}
