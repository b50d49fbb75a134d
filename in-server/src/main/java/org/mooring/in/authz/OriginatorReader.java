// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.subscription.Wildcard;

/**
 * Reads entries of accessControlOriginators. Identifiers are made absolute: SP-relative ones are of
 * this provider, a stem alone is that of an AE here ({@code C…} of this CSE, {@code S…} of this
 * provider).
 */
final class OriginatorReader {
  private static final Pattern AUTHORITY = Pattern.compile("[a-z0-9*][a-z0-9.*-]{0,252}");
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._*-]{0,254}");
  private static final int OF_CSE = 2;
  private static final int OF_AE = 3;

  private final SpId sp;
  private final CseId own;

  /**
   * @param own SP-relative
   */
  OriginatorReader(SpId sp, CseId own) {
    this.sp = sp;
    this.own = own;
  }

  /**
   * Reads an entry.
   *
   * @throws IdentifierSyntaxException if it is of no kind that there is here
   */
  AccessControlOriginator read(String text) {
    if (text.equals("all")) {
      return new AccessControlOriginator.All();
    }
    if (text.indexOf('@') >= 0) {
      return new AccessControlOriginator.Role(RoleId.parse(text));
    }
    if (text.startsWith("//") && text.indexOf('/', 2) < 0) {
      return new AccessControlOriginator.Domain(SpId.parse(text));
    }
    return entity(absolute(text));
  }

  private String absolute(String text) {
    if (text.startsWith("//")) {
      return text;
    }
    if (text.startsWith("/")) {
      return sp + text;
    }
    if (text.startsWith("C")) {
      return sp + own.value() + "/" + text;
    }
    if (text.startsWith("S")) {
      return sp + "/" + text;
    }
    throw wrong();
  }

  private static AccessControlOriginator.Entity entity(String absolute) {
    String[] parts = absolute.substring(2).split("/", -1);
    String authority = parts[0].toLowerCase(Locale.ROOT);
    boolean isCse = parts.length == OF_CSE;
    boolean isAe = parts.length == OF_AE && isStem(parts[2]);
    if (!AUTHORITY.matcher(authority).matches() || (!isCse && !isAe)) {
      throw wrong();
    }
    List<Wildcard> segments = new ArrayList<>(List.of(new Wildcard(authority)));
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (!SEGMENT.matcher(part).matches()) {
        throw wrong();
      }
      segments.add(new Wildcard(part));
    }
    return new AccessControlOriginator.Entity(segments);
  }

  /** Below a CSE-ID stand AEs whose stem begins with C; anything else would be a resource. */
  private static boolean isStem(String part) {
    return part.startsWith("C") || part.startsWith("*");
  }

  private static IdentifierSyntaxException wrong() {
    return new IdentifierSyntaxException(
        "accessControlOriginators", "name all, Role-IDs, M2M-SP-IDs, CSE-IDs or AE-IDs");
  }
}
