// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.util.ArrayList;
import java.util.List;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/**
 * {@code To} as Uri-Path segments and back (TS-0008 clause 6.2.2.3): {@code ~} as first segment
 * stands for the slash of an SP-relative address, {@code _} for the two of an absolute one.
 */
final class TargetPath {
  /** The path of resource discovery in CoAP (RFC 6690); no oneM2M address. */
  static final String DISCOVERY = ".well-known/core";

  private static final String SP_RELATIVE = "~";
  private static final String ABSOLUTE = "_";
  private static final String SUBJECT = "To";

  private TargetPath() {}

  /**
   * @throws RefusedException INVALID_PARAMETER if the address is CSE-relative and starts with a
   *     scope's mark, which would make another address of it
   */
  static List<String> segments(String to) {
    List<String> segments = new ArrayList<>();
    String path = to;
    if (to.startsWith("//")) {
      segments.add(ABSOLUTE);
      path = to.substring(2);
    } else if (to.startsWith("/")) {
      segments.add(SP_RELATIVE);
      path = to.substring(1);
    } else if (isMark(to.split("/", 2)[0])) {
      throw Refusal.INVALID_PARAMETER.of(SUBJECT);
    }
    segments.addAll(List.of(path.split("/", -1)));
    return segments;
  }

  /**
   * The address as text; whether its identifiers are well-formed is for the reader to find out.
   *
   * @throws RefusedException MISSING_PARAMETER without any segment, INVALID_PARAMETER if a segment
   *     is empty or holds a slash (either could pass for another scope), is {@code .} or {@code ..}
   *     (RFC 7252 clause 5.10.1) or was no UTF-8
   */
  static String to(List<String> segments) {
    if (segments.isEmpty() || segments.equals(List.of(""))) {
      throw Refusal.MISSING_PARAMETER.of(SUBJECT);
    }
    for (String segment : segments) {
      if (!isPlain(segment)) {
        throw Refusal.INVALID_PARAMETER.of(SUBJECT);
      }
    }
    String first = segments.get(0);
    if (!isMark(first)) {
      return String.join("/", segments);
    }
    if (segments.size() == 1) {
      throw Refusal.ADDRESS_WITHOUT_RESOURCE.of(SUBJECT);
    }
    String prefix = first.equals(ABSOLUTE) ? "//" : "/";
    return prefix + String.join("/", segments.subList(1, segments.size()));
  }

  private static boolean isMark(String segment) {
    return segment.equals(SP_RELATIVE) || segment.equals(ABSOLUTE);
  }

  private static boolean isPlain(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && segment.indexOf('/') < 0
        && segment.indexOf('\uFFFD') < 0;
  }
}
