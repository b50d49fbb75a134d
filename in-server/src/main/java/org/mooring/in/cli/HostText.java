// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host with or without a port, {@code in.example.org:5684}. An IPv6 address with a port stands in
 * brackets.
 *
 * @param host without brackets
 */
record HostText(String host, OptionalInt port) {
  private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d{1,5})");

  static HostText parse(String text) {
    Matcher matcher = WITH_PORT.matcher(text);
    return matcher.matches()
        ? new HostText(bare(matcher.group(1)), OptionalInt.of(Integer.parseInt(matcher.group(2))))
        : new HostText(bare(text), OptionalInt.empty());
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
