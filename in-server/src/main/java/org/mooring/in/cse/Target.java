// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

/** What an address names. */
sealed interface Target {
  /** A resource. */
  record Hosted(Resource resource) implements Target {}

  /**
   * A virtual child, which stands for another child of its parent.
   *
   * @param parent the parent
   * @param name its name, such as {@code la}
   */
  record Virtual(Resource parent, String name) implements Target {}
}
