// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Wireshark's analyser on the command line, which reads sessions whose pre-shared key it is told.
 */
public final class Tshark {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** As in: Decrypted DTLS (64 bytes): */
  private static final Pattern SECTION = Pattern.compile("([A-Za-z].*) \\(\\d+ bytes?\\):");

  /** Offset and up to 16 octets, before the two spaces that part the text from them. */
  private static final Pattern ROW = Pattern.compile("[0-9a-f]{4}  ((?:[0-9a-f]{2} ?)+) {2}.*");

  private final Path program;

  private Tshark(Path program) {
    this.program = program;
  }

  /** The program, if it is installed. */
  public static Optional<Tshark> installed() {
    return Programs.find("tshark").map(Tshark::new);
  }

  /**
   * What stood in the DTLS records of a capture, both ways and in order: one entry for each record
   * of the sessions that the key opened, handshake messages of epoch 1 included.
   *
   * @param port the server's in the capture
   * @throws PeerFailedException if the program fails
   */
  public List<byte[]> decrypted(Path capture, int port, SecretKeyBytes key) {
    Programs.Outcome outcome =
        Programs.run(
            PATIENCE,
            List.of(
                program.toString(),
                "-r",
                capture.toString(),
                "-d",
                "udp.port==" + port + ",dtls",
                "-o",
                "dtls.psk:" + HexFormat.of().formatHex(key.toByteArray()),
                "-x"));
    if (outcome.exitCode() != 0) {
      throw new PeerFailedException("tshark: " + outcome.errors().strip());
    }
    return records(outcome.output());
  }

  private static List<byte[]> records(String dump) {
    List<byte[]> found = new ArrayList<>();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    boolean isDecrypted = false;
    for (String line : dump.lines().toList()) {
      Matcher section = SECTION.matcher(line);
      Matcher row = ROW.matcher(line);
      if (section.matches()) {
        isDecrypted = section.group(1).equals("Decrypted DTLS");
      } else if (isDecrypted && row.matches()) {
        record.writeBytes(HexFormat.of().parseHex(row.group(1).replace(" ", "")));
        continue;
      }
      if (record.size() > 0) {
        found.add(record.toByteArray());
        record.reset();
      }
    }
    if (record.size() > 0) {
      found.add(record.toByteArray());
    }
    return found;
  }
}
