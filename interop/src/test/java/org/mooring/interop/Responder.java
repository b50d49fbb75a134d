// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mooring.interop.peer.OpenSslClient;
import org.mooring.interop.process.Pki;

/** {@code openssl ocsp}, which answers for a CA out of an index of what it issued. */
public final class Responder implements AutoCloseable {
  private final Process process;

  private Responder(Process process) {
    this.process = process;
  }

  /** A line of the index: a certificate that is good. */
  public static String good(BigInteger serial) {
    return line("V", "", serial);
  }

  /** A line of the index: a certificate that is revoked. */
  public static String revoked(BigInteger serial) {
    return line("R", "260101000000Z,keyCompromise", serial);
  }

  private static String line(String standing, String revokedAt, BigInteger serial) {
    String digits = serial.toString(16).toUpperCase(Locale.ROOT);
    String hex = digits.length() % 2 == 0 ? digits : "0" + digits;
    return String.join("\t", standing, "491231235959Z", revokedAt, hex, "unknown", "/CN=x") + "\n";
  }

  /**
   * Starts it, with several processes: each waits for the next request on a connection that the
   * client keeps.
   *
   * @param lines of the index
   */
  public static Responder start(Path folder, Pki ca, int port, List<String> lines) {
    Path openssl = Peers.require("openssl", OpenSslClient.program());
    try {
      Path index = Files.writeString(folder.resolve("index.txt"), String.join("", lines));
      return new Responder(
          new ProcessBuilder(
                  openssl.toString(),
                  "ocsp",
                  "-multi",
                  "4",
                  "-port",
                  Integer.toString(port),
                  "-index",
                  index.toString(),
                  "-CA",
                  ca.certificate().toString(),
                  "-rsigner",
                  ca.certificate().toString(),
                  "-rkey",
                  ca.key().toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("ocsp.log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("openssl ocsp", e);
    }
  }

  /** Ends all of its processes: the first would start others in the place of those that end. */
  @Override
  public void close() {
    List<ProcessHandle> answering = process.descendants().toList();
    process.destroyForcibly();
    answering.forEach(ProcessHandle::destroyForcibly);
  }
}
