// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;

/** A file with a secret that opens the vault: for its owner alone, and never an argument. */
final class SecretFile {
  private static final String FORM = "file:";
  private static final int MAX_PIN_OCTETS = 255;

  private SecretFile() {}

  /**
   * A sealing key.
   *
   * @param text {@code file:PATH}
   * @throws IllegalArgumentException if it is no such text, or no such file, or open to others
   */
  static SecretKeyBytes key(String text) {
    var unused = pathIn(text);
    return KeyText.parse(text);
  }

  /**
   * A PIN: the first line of a file, whatever its characters.
   *
   * @param text {@code file:PATH}
   * @throws IllegalArgumentException if it is no such text, or no such file, or open to others
   */
  static SecretKeyBytes pin(String text) {
    Path path = pathIn(text);
    byte[] content;
    try (InputStream file = Files.newInputStream(path)) {
      content = file.readNBytes(MAX_PIN_OCTETS + 1);
    } catch (IOException e) {
      throw unreadable();
    }
    try {
      int length = lineLength(content);
      if (length == 0 || length > MAX_PIN_OCTETS) {
        throw new IllegalArgumentException("secret: the first line of the file has to be the PIN");
      }
      return copy(content, length);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static SecretKeyBytes copy(byte[] content, int length) {
    byte[] line = Arrays.copyOf(content, length);
    try {
      return SecretKeyBytes.copyOf(line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static int lineLength(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.lines().findFirst().map(String::length).orElse(0);
  }

  private static Path pathIn(String text) {
    if (!text.startsWith(FORM)) {
      throw new IllegalArgumentException("secret: write file: and a path");
    }
    try {
      Path path = Path.of(text.substring(FORM.length()));
      if (!isCredential(path) && PrivateFiles.isOpenToOthers(path)) {
        throw new IllegalArgumentException(
            "secret: the file is open to other users, change its mode to 0600");
      }
      return path;
    } catch (IOException | InvalidPathException e) {
      throw unreadable();
    }
  }

  /** systemd's credentials are guarded by their folder, and look as if a group might read them. */
  private static boolean isCredential(Path path) {
    @Nullable String folder = System.getenv("CREDENTIALS_DIRECTORY");
    return folder != null && path.startsWith(folder);
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException("secret: the file can not be read");
  }
}
