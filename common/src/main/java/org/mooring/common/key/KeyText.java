// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The text forms of a key on command lines, in files and in the admin API:
 *
 * <pre>
 * hex:00ff…     pairs of hex digits, upper or lower case
 * b64:AP8=      base64 or base64url, with or without padding
 * utf8:text     the octets of the text
 * file:/path    a file that holds one of the forms above, or else the raw octets of the key
 * </pre>
 *
 * <p>A file of hex digits alone is neither: nobody means their characters as the octets of a key.
 *
 * <p>No message of an error repeats any part of the text.
 */
public final class KeyText {
  /** The longest key taken, in octets. */
  public static final int MAX_LENGTH = 1024;

  private static final String FORMS = "key: write hex:…, utf8:…, b64:… or file:…";
  private static final int MAX_FILE_LENGTH = 4 * MAX_LENGTH;
  private static final Pattern HEX_DIGITS = Pattern.compile("\\p{XDigit}+\\s*");

  private KeyText() {}

  /**
   * Reads a key in one of the four forms.
   *
   * @throws IllegalArgumentException naming the forms, if the text has none of them; also if it is
   *     malformed, or if its file can not be read or holds hex digits alone
   */
  public static SecretKeyBytes parse(String text) {
    return text.startsWith("file:") ? readFile(text.substring(5)) : parseInline(text);
  }

  /**
   * Reads a key in a form that stands for itself: all but {@code file:}, which must not reach the
   * files of another process.
   *
   * @throws IllegalArgumentException naming the forms, if the text has none of them
   */
  public static SecretKeyBytes parseInline(String text) {
    byte[] octets = decode(text);
    try {
      if (octets.length == 0 || octets.length > MAX_LENGTH) {
        throw new IllegalArgumentException(FORMS + " with 1 to " + MAX_LENGTH + " octets");
      }
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /** The {@code hex:} form of a key, for the one place that shows a key it generated. */
  public static String hex(SecretKeyBytes key) {
    byte[] octets = key.toByteArray();
    try {
      return "hex:" + HexFormat.of().formatHex(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static byte[] decode(String text) {
    try {
      if (text.startsWith("hex:")) {
        return HexFormat.of().parseHex(text.substring(4));
      }
      if (text.startsWith("b64:")) {
        return Base64.getDecoder().decode(text.substring(4).replace('-', '+').replace('_', '/'));
      }
      if (text.startsWith("utf8:")) {
        return utf8(text.substring(5));
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // The decoders' messages quote the text.
      throw new IllegalArgumentException(
          text.startsWith("hex:")
              ? "key: write an even number of hex digits after hex:"
              : FORMS + ", well-formed");
    }
    throw new IllegalArgumentException(FORMS);
  }

  private static byte[] utf8(String text) throws CharacterCodingException {
    var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] octets = new byte[encoded.remaining()];
    encoded.get(octets);
    return octets;
  }

  private static SecretKeyBytes readFile(String path) {
    byte[] content;
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      content = file.readNBytes(MAX_FILE_LENGTH);
    } catch (IOException | InvalidPathException e) {
      // The path may be a key typed behind the wrong form.
      throw new IllegalArgumentException("key: the file can not be read");
    }
    try {
      String text = new String(content, StandardCharsets.ISO_8859_1);
      if (text.startsWith("hex:") || text.startsWith("b64:") || text.startsWith("utf8:")) {
        return parseInline(new String(content, StandardCharsets.UTF_8).strip());
      }
      if (HEX_DIGITS.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "key: the file holds hex digits without 'hex:' in front; put it there");
      }
      if (content.length == 0 || content.length > MAX_LENGTH) {
        throw new IllegalArgumentException(FORMS + "; a file holds 1 to " + MAX_LENGTH + " octets");
      }
      return SecretKeyBytes.copyOf(content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
