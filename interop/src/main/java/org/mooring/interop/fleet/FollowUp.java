// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fleet does once it is registered. */
public sealed interface FollowUp {
  /** It goes home. */
  FollowUp NONE = new None();

  /** Nothing. */
  record None() implements FollowUp {}

  /** Its sessions stand until the process is ended from outside, which tells the server nothing. */
  record Stay() implements FollowUp {}

  /**
   * Publishes values, the nodes in turns.
   *
   * @param rate values per second, of all nodes together
   */
  record Steady(double rate, Duration duration) implements FollowUp {}

  /**
   * Ends all nodes and starts them again on their vaults.
   *
   * @param times how often
   */
  record Reconnect(int times) implements FollowUp {}

  Pattern STEADY = Pattern.compile("steady:(\\d{1,6}(?:\\.\\d{1,3})?):(\\w+)");
  Pattern RECONNECT = Pattern.compile("reconnect:(\\d{1,4})");

  /**
   * Reads {@code none}, {@code stay}, {@code steady:RATE:DURATION} or {@code reconnect:N}.
   *
   * @throws IllegalArgumentException if the text has another form or a number is zero
   */
  static FollowUp parse(String text) {
    Matcher steady = STEADY.matcher(text);
    if (steady.matches() && Double.parseDouble(steady.group(1)) > 0) {
      return new Steady(Double.parseDouble(steady.group(1)), DurationText.parse(steady.group(2)));
    }
    Matcher reconnect = RECONNECT.matcher(text);
    if (reconnect.matches() && Integer.parseInt(reconnect.group(1)) > 0) {
      return new Reconnect(Integer.parseInt(reconnect.group(1)));
    }
    return switch (text) {
      case "none" -> NONE;
      case "stay" -> new Stay();
      default ->
          throw new IllegalArgumentException("write none, stay, steady:100:30s or reconnect:3");
    };
  }
}
