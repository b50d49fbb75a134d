// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where an operator's BSF offers its services (TS 29.501 clause 4.4.1): {@code https://host:port},
 * with a prefix where it has one. Without TLS it is on this machine: keys pass there.
 *
 * @param uri without a slash at its end
 */
public record ApiRoot(URI uri) {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it has another form, or leads elsewhere without TLS
   */
  public static ApiRoot parse(String text) {
    URI uri = uri(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    boolean isBare =
        uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && uri.getFragment() == null;
    boolean isSafe =
        "https".equals(uri.getScheme())
            || "http".equals(uri.getScheme())
                && isBare
                && LOOPBACK.matcher(uri.getHost()).matches();
    if (!isBare || !isSafe) {
      throw new IllegalArgumentException(
          "BSF: write https://HOST:PORT, or http://127.0.0.1:PORT on this machine");
    }
    return new ApiRoot(uri);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("BSF: write https://HOST:PORT", e);
    }
  }

  /** Whether the BSF is reached by TLS. */
  public boolean isSecure() {
    return "https".equals(uri.getScheme());
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
