// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mooring.common.key.FactoryText;

/** Where the text of a QR code is read: never from the command line, which other users see. */
final class FactoryTextSource {
  private static final String STANDARD_INPUT = "-";
  private static final String FILE = "file:";

  private FactoryTextSource() {}

  /**
   * Reads the text.
   *
   * @param source {@code -} for standard input to its end, or {@code file:} and a path
   * @throws IllegalArgumentException if it is neither, can not be read or holds no such text; never
   *     repeats a part of it
   */
  static FactoryText read(String source) {
    byte[] octets = octets(source);
    try {
      return FactoryText.parse(new String(octets, StandardCharsets.UTF_8));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] octets(String source) {
    try {
      if (source.equals(STANDARD_INPUT)) {
        return System.in.readNBytes(FactoryText.MAX_LENGTH + 1);
      }
      if (source.startsWith(FILE)) {
        try (InputStream file = Files.newInputStream(Path.of(source.substring(FILE.length())))) {
          return file.readNBytes(FactoryText.MAX_LENGTH + 1);
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("factory text: can not be read");
    }
    throw new IllegalArgumentException("factory text: write '-' for standard input, or file:PATH");
  }
}
