// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One DTLS session of {@code openssl s_client}, with a pre-shared key or a certificate. */
public final class OpenSslClient extends DtlsPeer {
  private static final Pattern EXPORTED =
      Pattern.compile("Keying material: ([0-9A-F]{96})\\s+---\\R");

  /** As in: error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:… */
  private static final Pattern ALERT = Pattern.compile("alert ([a-z ]+):");

  private OpenSslClient(List<String> command, Duration patience) {
    super("openssl s_client", command, EXPORTED, ALERT, patience);
  }

  /**
   * What to connect with.
   *
   * @param port the server's on loopback
   * @param serverName goes into SNI
   * @param identity psk_identity
   * @param key the pre-shared key
   * @param exporterLabel label to export under, without a context value
   */
  @SuppressWarnings("ArrayRecordComponent") // a parameter object, never compared
  public record Settings(
      int port, String serverName, String identity, byte[] key, String exporterLabel) {}

  /** Where the program is, if it is. */
  public static Optional<Path> program() {
    return Programs.find("openssl");
  }

  /**
   * Shakes hands.
   *
   * @throws PeerFailedException if that fails or the program is missing
   */
  public static OpenSslClient connect(Settings settings) {
    return connect(settings, PATIENCE);
  }

  /**
   * Shakes hands within a time.
   *
   * @throws PeerFailedException if that fails or the program is missing
   */
  public static OpenSslClient connect(Settings settings, Duration patience) {
    return connect(
        settings.port(),
        settings.serverName(),
        settings.exporterLabel(),
        List.of(
            "-psk_identity",
            settings.identity(),
            "-psk",
            HexFormat.of().formatHex(settings.key()),
            "-cipher",
            "PSK-AES128-CCM8:@SECLEVEL=0"),
        patience);
  }

  /**
   * What to connect with, where both sides show certificates.
   *
   * @param port the server's on loopback
   * @param serverName goes into SNI, and has to be in the server's certificate
   * @param certificate a file with the client's certificate and those behind it
   * @param key a file with its key
   * @param trusted a file with the CA that the server's certificate has to be of
   * @param exporterLabel label to export under, without a context value
   */
  public record CertificateSettings(
      int port,
      String serverName,
      Path certificate,
      Path key,
      Path trusted,
      String exporterLabel) {}

  /**
   * Shakes hands with certificates on both sides.
   *
   * @throws PeerFailedException if that fails, with the alert that came, or the program is missing
   */
  public static OpenSslClient connect(CertificateSettings settings) {
    return connect(
        settings.port(),
        settings.serverName(),
        settings.exporterLabel(),
        List.of(
            "-cert",
            settings.certificate().toString(),
            "-cert_chain",
            settings.certificate().toString(),
            "-key",
            settings.key().toString(),
            "-CAfile",
            settings.trusted().toString(),
            "-verify_hostname",
            settings.serverName(),
            "-verify_return_error",
            "-cipher",
            "ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0",
            "-curves",
            "P-256"),
        PATIENCE);
  }

  private static OpenSslClient connect(
      int port,
      String serverName,
      String exporterLabel,
      List<String> credential,
      Duration patience) {
    Path program = program().orElseThrow(() -> new PeerFailedException("openssl is not installed"));
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "s_client",
                "-dtls1_2",
                "-connect",
                "127.0.0.1:" + port,
                "-servername",
                serverName));
    command.addAll(credential);
    command.addAll(
        List.of(
            "-keymatexport", exporterLabel, "-keymatexportlen", Integer.toString(EXPORTED_OCTETS)));
    return new OpenSslClient(command, patience);
  }
}
