// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;

/** Reads the members of orders; errors name the member, never its value. */
final class OrderMembers {
  private static final Pattern COAPS =
      Pattern.compile("coaps://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?");

  private OrderMembers() {}

  /**
   * Refuses members that an order does not have.
   *
   * @param what the order, for the message
   * @throws AdminException if there is one
   */
  static void requireKnown(Attributes members, String what, Set<String> known) {
    for (String name : members.names()) {
      if (!known.contains(name)) {
        throw AdminException.malformed(
            what,
            "leave out members other than " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /**
   * A text member, null where it is left out.
   *
   * @throws AdminException if it is no text, or the reader does not take it
   */
  static <T> @Nullable T value(Attributes members, String name, Function<String, T> reader) {
    if (!members.has(name)) {
      return null;
    }
    String text =
        members
            .text(name)
            .filter(given -> !given.isEmpty())
            .orElseThrow(() -> AdminException.malformed(name, "give a text or leave it out"));
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(name, remedyOf(e));
    }
  }

  static EnrolmentPath path(String text) {
    return EnrolmentPath.of(text)
        .orElseThrow(() -> new IllegalArgumentException("path: write maf or direct"));
  }

  static EnrolmentMethod minMethod(String text) {
    return EnrolmentMethod.of(text)
        .orElseThrow(
            () -> new IllegalArgumentException("minMethod: write psk, certificate, rpk or gba"));
  }

  /** A point of access over DTLS. */
  static String coaps(String text) {
    if (!COAPS.matcher(text).matches()) {
      throw new IllegalArgumentException("access point: write coaps://host or coaps://host:port");
    }
    return text;
  }

  /**
   * A time as orders have it.
   *
   * @param field names it in the message
   * @throws IllegalArgumentException if it is none that an m2m:timestamp can tell
   */
  static Instant instant(String field, String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isAfter(M2mTimestamp.NEVER)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Refused below like a time that no m2m:timestamp can tell.
    }
    throw new IllegalArgumentException(field + ": write a time such as 2030-01-31T00:00:00Z");
  }

  /** Messages of identifiers and keys start with their own name before the remedy. */
  static String remedyOf(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") + (message.contains(": ") ? 2 : 1));
  }
}
