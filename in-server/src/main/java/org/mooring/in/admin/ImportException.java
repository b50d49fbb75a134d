// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

/** An import of which nothing was kept, because of one entry. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int entry;
  private final Throwable reason;

  /**
   * @param entry the entry at fault, 1 for the first
   * @param reason what is wrong with it
   */
  public ImportException(int entry, Throwable reason) {
    super("entry " + entry, reason, false, false);
    this.entry = entry;
    this.reason = reason;
  }

  public int entry() {
    return entry;
  }

  public Throwable reason() {
    return reason;
  }
}
