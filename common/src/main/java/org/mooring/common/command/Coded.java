// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.util.Optional;

/** A member of an enumeration that messages carry as a number. */
public interface Coded {
  int code();

  /** The member with a number; empty where there is none. */
  static <E extends Enum<E> & Coded> Optional<E> of(Class<E> type, long code) {
    for (E member : type.getEnumConstants()) {
      if (member.code() == code) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }
}
