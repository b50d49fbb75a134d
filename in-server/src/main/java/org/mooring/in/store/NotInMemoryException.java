// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

/** A unit of work that was tried on memory alone needs the database. */
final class NotInMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one there is: nobody asks where it came from, and it is thrown often. */
  static final NotInMemoryException INSTANCE = new NotInMemoryException();

  private NotInMemoryException() {
    super("not in memory", null, false, false);
  }
}
