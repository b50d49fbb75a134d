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
import org.mooring.in.subscription.Wildcard;

/**
 * An entry of accessControlOriginators (TS-0001 clause 9.6.2.1, TS-0004 table 7.3.3.15-1). There is
 * none for the members of a {@code <group>}, a type that is not hosted.
 */
public sealed interface AccessControlOriginator {
  /** Whether the rule is for whoever sent this request. */
  boolean includes(AccessRequest request);

  /** Everybody: {@code all}. */
  record All() implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return true;
    }
  }

  /** The CSEs and AEs of a provider. */
  record Domain(SpId sp) implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return request.originator().startsWith(sp + "/");
    }
  }

  /**
   * CSEs or AEs by their absolute identifier.
   *
   * @param segments what stands between its slashes; {@code *} in one stands for any characters of
   *     that one (TS-0003 clause 7.1.3)
   */
  record Entity(List<Wildcard> segments) implements AccessControlOriginator {
    public Entity {
      segments = List.copyOf(segments);
    }

    @Override
    public boolean includes(AccessRequest request) {
      String[] given = request.originator().substring(2).split("/", -1);
      if (given.length != segments.size()) {
        return false;
      }
      for (int i = 0; i < given.length; i++) {
        if (!segments.get(i).matches(given[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /** Whoever may use a role and says so. */
  record Role(RoleId id) implements AccessControlOriginator {
    @Override
    public boolean includes(AccessRequest request) {
      return request.roles().contains(id);
    }
  }

  /**
   * Reads an entry.
   *
   * @param own the SP-relative CSE-ID of the CSE whose AEs a stem alone means
   * @throws IdentifierSyntaxException if it is none of the above
   */
  static AccessControlOriginator read(String text, SpId sp, CseId own) {
    if (text.equals("all")) {
      return new All();
    }
    if (text.indexOf('@') >= 0) {
      return new Role(RoleId.parse(text));
    }
    if (text.startsWith("//") && text.indexOf('/', 2) < 0) {
      return new Domain(SpId.parse(text));
    }
    return Patterns.entity(Patterns.absolute(text, sp, own));
  }

  /** How patterns of identifiers are written. */
  final class Patterns {
    private static final Pattern AUTHORITY = Pattern.compile("[a-z0-9*][a-z0-9.*-]{0,252}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9*][A-Za-z0-9._*-]{0,254}");
    private static final int OF_CSE = 2;
    private static final int OF_AE = 3;

    private Patterns() {}

    /** A stem alone is that of an AE here: {@code C…} of this CSE, {@code S…} of this provider. */
    private static String absolute(String text, SpId sp, CseId own) {
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

    private static Entity entity(String absolute) {
      String[] parts = absolute.substring(2).split("/", -1);
      parts[0] = parts[0].toLowerCase(Locale.ROOT);
      boolean fits =
          AUTHORITY.matcher(parts[0]).matches()
              && (parts.length == OF_CSE || (parts.length == OF_AE && isStem(parts[2])));
      List<Wildcard> segments = new ArrayList<>(List.of(new Wildcard(parts[0])));
      for (int i = 1; fits && i < parts.length; i++) {
        fits = SEGMENT.matcher(parts[i]).matches();
        segments.add(new Wildcard(parts[i]));
      }
      if (!fits) {
        throw wrong();
      }
      return new Entity(segments);
    }

    /** Below a CSE-ID stand AEs whose stem begins with C; anything else would be a resource. */
    private static boolean isStem(String part) {
      return part.startsWith("C") || part.startsWith("*");
    }

    private static IdentifierSyntaxException wrong() {
      return new IdentifierSyntaxException(
          "accessControlOriginators (acor)",
          "name all, a Role-ID, an M2M-SP-ID, CSE-IDs or AE-IDs; a <group> is not supported");
    }
  }
}
