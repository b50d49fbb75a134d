// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a Digest header field (RFC 2617 clause 3.2): {@code name=value} with commas
 * between them, each value a token or in quotes. Strict: no name twice, no escapes, which no value
 * of Digest AKA needs, nothing but printable ASCII.
 */
final class DigestParameters {
  /** Longer than any that RFC 3310 has a use for, in characters. */
  private static final int MAX_LENGTH = 2048;

  private static final String SCHEME = "Digest ";
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  private final Map<String, String> values;

  private DigestParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a field value that begins with the scheme.
   *
   * @throws IllegalArgumentException in words that repeat nothing of it
   */
  static DigestParameters ofScheme(String text) {
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new IllegalArgumentException("authentication: use the Digest scheme");
    }
    return of(text.substring(SCHEME.length()));
  }

  /**
   * Reads a field value of parameters alone.
   *
   * @throws IllegalArgumentException in words that repeat nothing of it
   */
  static DigestParameters of(String text) {
    if (text.length() > MAX_LENGTH) {
      throw malformed();
    }
    return new DigestParameters(new Reader(text).read());
  }

  /** A parameter's value without its quotes. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * @throws IllegalArgumentException if it is not there
   */
  String get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("authentication: give " + name));
  }

  /**
   * Holds a parameter against the one value that Digest AKA has for it.
   *
   * @throws IllegalArgumentException if it is not there or another one
   */
  void require(String name, String value) {
    if (!get(name).equals(value)) {
      throw new IllegalArgumentException("authentication: give " + name + "=" + value);
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "authentication: write name=value or name=\"value\", with commas, no name twice");
  }

  /** Reads from the left to the right. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Map<String, String> read() {
      Map<String, String> values = new LinkedHashMap<>();
      do {
        skipSpaces();
        String name = token().toLowerCase(Locale.ROOT);
        require('=');
        if (values.put(name, isAt('"') ? quoted() : token()) != null) {
          throw malformed();
        }
        skipSpaces();
      } while (skip(','));
      if (at != text.length()) {
        throw malformed();
      }
      return values;
    }

    private String token() {
      int from = at;
      while (at < text.length() && isTokenCharacter(text.charAt(at))) {
        at++;
      }
      if (from == at) {
        throw malformed();
      }
      return text.substring(from, at);
    }

    private String quoted() {
      require('"');
      int from = at;
      while (at < text.length() && isQuotable(text.charAt(at))) {
        at++;
      }
      String value = text.substring(from, at);
      require('"');
      return value;
    }

    private void require(char wanted) {
      if (!skip(wanted)) {
        throw malformed();
      }
    }

    private boolean skip(char wanted) {
      if (!isAt(wanted)) {
        return false;
      }
      at++;
      return true;
    }

    private void skipSpaces() {
      while (isAt(' ')) {
        at++;
      }
    }

    private boolean isAt(char wanted) {
      return at < text.length() && text.charAt(at) == wanted;
    }

    private static boolean isTokenCharacter(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || TOKEN_SIGNS.indexOf(c) >= 0;
    }

    private static boolean isQuotable(char c) {
      return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
  }
}
