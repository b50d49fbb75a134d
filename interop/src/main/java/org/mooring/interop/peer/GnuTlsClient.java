// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One DTLS session of {@code gnutls-cli} with raw public keys on both sides (RFC 7250). */
public final class GnuTlsClient extends DtlsPeer {
  private static final Pattern EXPORTED =
      Pattern.compile("Key material: ([0-9a-f]{96})\\s+- Handshake was completed\\s");

  /** As in: *** Received alert [42]: Certificate is bad */
  private static final Pattern ALERT = Pattern.compile("Received alert \\[\\d+]: (.+)");

  private static final String PRIORITY =
      "NONE:+VERS-DTLS1.2:+ECDHE-ECDSA:+AES-128-CCM-8:+AEAD:+SIGN-ECDSA-SHA256"
          + ":+GROUP-SECP256R1:+CTYPE-CLI-RAWPK:+CTYPE-SRV-RAWPK:+COMP-NULL";

  private GnuTlsClient(List<String> command) {
    super("gnutls-cli", command, EXPORTED, ALERT, PATIENCE);
  }

  /**
   * What to connect with.
   *
   * @param port the server's on loopback
   * @param serverName goes into SNI
   * @param pair a file with the client's private key, behind which its public one may stand
   * @param publicKey a file with that
   * @param exporterLabel label to export under, without a context value
   */
  public record Settings(
      int port, String serverName, Path pair, Path publicKey, String exporterLabel) {}

  /** Where the program is, if it is. */
  public static Optional<Path> program() {
    return Programs.find("gnutls-cli");
  }

  /**
   * Shakes hands; the server's key may be any.
   *
   * @throws PeerFailedException if that fails, with the alert that came, or the program is missing
   */
  public static GnuTlsClient connect(Settings settings) {
    Path program =
        program().orElseThrow(() -> new PeerFailedException("gnutls-cli is not installed"));
    return new GnuTlsClient(
        List.of(
            program.toString(),
            "--udp",
            "--no-ca-verification",
            "--sni-hostname",
            settings.serverName(),
            "--rawpkkeyfile",
            settings.pair().toString(),
            "--rawpkfile",
            settings.publicKey().toString(),
            "--priority",
            PRIORITY,
            "--keymatexport",
            settings.exporterLabel(),
            "--keymatexportsize",
            Integer.toString(EXPORTED_OCTETS),
            "--port",
            Integer.toString(settings.port()),
            "127.0.0.1"));
  }
}
