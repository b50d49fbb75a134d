// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The functions that one server can take on. */
public enum ServerRole {
  MEF,
  MAF,
  CSE,
  /** The application registry, which no session reaches: a MAF asks it. */
  APP;

  private static final Set<ServerRole> ALWAYS = EnumSet.of(MEF, MAF, CSE);

  /** The form on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Roles in the form of command lines, such as {@code mef,maf,cse,app}. */
  public static String text(Set<ServerRole> roles) {
    return roles.stream().sorted().map(ServerRole::text).collect(Collectors.joining(","));
  }

  /**
   * Reads a list of roles. MEF, MAF and IN-CSE share a port and a table of credentials, and come
   * together.
   *
   * @throws IllegalArgumentException if one is unknown or given twice, or one of these is missing
   */
  public static Set<ServerRole> parse(String text) {
    Set<ServerRole> roles = EnumSet.noneOf(ServerRole.class);
    for (String part : text.split(",", -1)) {
      if (!roles.add(of(part))) {
        throw new IllegalArgumentException("roles: name each once");
      }
    }
    if (!roles.containsAll(ALWAYS)) {
      throw new IllegalArgumentException("roles: name mef, maf and cse, which go together");
    }
    return Set.copyOf(roles);
  }

  private static ServerRole of(String text) {
    for (ServerRole role : values()) {
      if (role.text().equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("roles: write mef, maf, cse and app joined by commas");
  }
}
