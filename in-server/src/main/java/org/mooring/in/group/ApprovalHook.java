// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.net.URI;
import org.mooring.common.identifier.GroupDevice;

/** Asks the operator's own system whether a device that waits may claim. */
@FunctionalInterface
public interface ApprovalHook {
  /**
   * Has it asked; returns at once, and may leave the question out where too many are open. The
   * device waits until an answer is written down.
   */
  void ask(URI hook, GroupDevice device);
}
