// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.Instant;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;

/** What the commands on groups read of their options and make of them. */
final class GroupTexts {
  private GroupTexts() {}

  static String path(GroupName name) {
    return "/v1/groups/" + AdminClient.segment(name);
  }

  /**
   * The end of claiming as the server takes it.
   *
   * @throws UsageError if it is no time
   */
  static String expires(String text, Instant now) {
    try {
      return TimeText.time(text, now).toString();
    } catch (IllegalArgumentException e) {
      throw new UsageError("--expires: " + remedyOf(e));
    }
  }

  /**
   * A group key, read from its file where it stands in one.
   *
   * @throws UsageError if it is malformed; never repeats a part of it
   */
  static SecretKeyBytes groupKey(String text) {
    try {
      return KeyText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--group-key: " + remedyOf(e));
    }
  }

  /** What to do about it: messages begin with what they are about. */
  static String remedyOf(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") + 2);
  }
}
