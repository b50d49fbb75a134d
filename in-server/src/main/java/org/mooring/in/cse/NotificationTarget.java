// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResponsePrimitive;

/** Who takes the notifications that this CSE gets (TS-0004 clause 7.5.1.2). */
interface NotificationTarget {
  /**
   * @throws RefusedException OPERATION_NOT_OFFERED for one that is not taken here, or not from its
   *     originator
   */
  ResponsePrimitive notified(Call call);
}
