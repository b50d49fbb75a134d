// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.EnumSet;
import java.util.Set;
import org.mooring.common.primitive.Operation;

/** What a rule allows, a bit each of m2m:accessControlOperations (TS-0004 clause 6.3.4.2.29). */
public enum AccessControlOperation {
  CREATE(1),
  RETRIEVE(2),
  UPDATE(4),
  DELETE(8),
  NOTIFY(16),
  /** A RETRIEVE whose filterUsage is discovery. */
  DISCOVERY(32);

  /** The sum of all. */
  static final long ALL = 63;

  private final int bit;

  AccessControlOperation(int bit) {
    this.bit = bit;
  }

  /** What a request needs; one for a RETRIEVE is none of discovery. */
  public static AccessControlOperation of(Operation operation) {
    return switch (operation) {
      case CREATE -> CREATE;
      case RETRIEVE -> RETRIEVE;
      case UPDATE -> UPDATE;
      case DELETE -> DELETE;
      case NOTIFY -> NOTIFY;
    };
  }

  /** The operations whose bits a sum has. */
  static Set<AccessControlOperation> in(long sum) {
    Set<AccessControlOperation> operations = EnumSet.noneOf(AccessControlOperation.class);
    for (AccessControlOperation operation : values()) {
      if ((sum & operation.bit) != 0) {
        operations.add(operation);
      }
    }
    return operations;
  }
}
