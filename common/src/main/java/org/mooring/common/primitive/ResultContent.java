// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Optional;

/** m2m:resultContent (TS-0001 table 8.1.2-1). */
public enum ResultContent {
  NOTHING(0),
  ATTRIBUTES(1),
  HIERARCHICAL_ADDRESS(2),
  HIERARCHICAL_ADDRESS_AND_ATTRIBUTES(3),
  ATTRIBUTES_AND_CHILD_RESOURCES(4),
  ATTRIBUTES_AND_CHILD_REFERENCES(5),
  CHILD_REFERENCES(6),
  ORIGINAL_RESOURCE(7),
  CHILD_RESOURCES(8),
  MODIFIED_ATTRIBUTES(9);

  private final int code;

  ResultContent(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Optional<ResultContent> of(long code) {
    for (ResultContent content : values()) {
      if (content.code == code) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }
}
