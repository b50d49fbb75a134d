// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import java.util.List;

/**
 * The {@code To} of a request in one of its three scopes (TS-0004 clause 6.2.4), without a trailing
 * attribute name. Segments are taken as written; {@code -} as a segment stands for the base
 * resource's name.
 */
public sealed interface ResourceAddress {
  /** What stands behind the scope's prefix, split at each slash; never empty. */
  List<String> segments();

  /** {@code cse-in/node/data}, {@code cin00856} or {@code -/node}. */
  record CseRelative(List<String> segments) implements ResourceAddress {
    public CseRelative {
      segments = checked(segments);
    }

    @Override
    public String toString() {
      return String.join("/", segments);
    }
  }

  /**
   * {@code /id-in/cse-in/node}: the first segment is the CSE-ID's (or an SP-assigned AE's) stem.
   */
  record SpRelative(List<String> segments) implements ResourceAddress {
    public SpRelative {
      segments = checked(segments);
    }

    @Override
    public String toString() {
      return "/" + String.join("/", segments);
    }
  }

  /** {@code //sp.example.org/id-in/cse-in}, or {@code //maf.sp.example.org/-} for a function. */
  record Absolute(Fqdn authority, List<String> segments) implements ResourceAddress {
    public Absolute {
      segments = checked(segments);
    }

    @Override
    public String toString() {
      return "//" + authority + "/" + String.join("/", segments);
    }
  }

  /**
   * Reads a To in any of the three scopes.
   *
   * @throws IdentifierSyntaxException if a segment is empty or has a character that no identifier
   *     has
   */
  static ResourceAddress parse(String to) {
    if (to.startsWith("//")) {
      int slash = to.indexOf('/', 2);
      if (slash < 0) {
        throw new IdentifierSyntaxException("To", "name a resource behind the authority");
      }
      return new Absolute(new Fqdn(to.substring(2, slash)), split(to.substring(slash + 1)));
    }
    return to.startsWith("/") ? new SpRelative(split(to.substring(1))) : new CseRelative(split(to));
  }

  private static List<String> split(String path) {
    return List.of(path.split("/", -1));
  }

  private static List<String> checked(List<String> segments) {
    if (segments.isEmpty()) {
      throw new IdentifierSyntaxException("To", "name a resource");
    }
    for (String segment : segments) {
      if (!segment.equals("-") && !Syntax.isUnreserved(segment)) {
        throw new IdentifierSyntaxException(
            "To", "write segments of letters, digits, '.', '_' or '-' joined by single slashes");
      }
    }
    return List.copyOf(segments);
  }
}
