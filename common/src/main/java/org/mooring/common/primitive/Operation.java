// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Optional;

/** m2m:operation (TS-0004 clause 6.3.4.2.5). */
public enum Operation {
  CREATE(1),
  RETRIEVE(2),
  UPDATE(3),
  DELETE(4),
  NOTIFY(5);

  private final int code;

  Operation(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Optional<Operation> of(long code) {
    for (Operation operation : values()) {
      if (operation.code == code) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
