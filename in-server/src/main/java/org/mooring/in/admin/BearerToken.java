// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.mooring.common.file.PrivateFiles;

/** The secret that a user of the admin API shows: 32 random octets as base64url text. */
final class BearerToken {
  private static final int OCTETS = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;

  private BearerToken(String text) {
    this.expected = (SCHEME + text).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The token in the file; a new one where the file is missing, malformed or open to other users.
   */
  static BearerToken in(Path file) throws IOException {
    if (Files.exists(file) && !PrivateFiles.isOpenToOthers(file)) {
      String kept = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (FORM.matcher(kept).matches()) {
        return new BearerToken(kept);
      }
    }
    byte[] octets = new byte[OCTETS];
    new SecureRandom().nextBytes(octets);
    String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    PrivateFiles.replace(file, (fresh + "\n").getBytes(StandardCharsets.UTF_8));
    return new BearerToken(fresh);
  }

  /** Whether an Authorization header shows this token, compared in constant time. */
  boolean isShownBy(String authorization) {
    return MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
  }
}
