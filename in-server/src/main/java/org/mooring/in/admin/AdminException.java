// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

/** A request to the admin API that is refused; its message is what the answer says. */
public final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status, 4xx
   * @param field the member or parameter at fault; never its value
   * @param remedy what to do, a sentence without its stop
   */
  public AdminException(int status, String field, String remedy) {
    this(status, field + ": " + remedy);
  }

  private AdminException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** What a procedure refused, in its words. */
  public static AdminException refused(RuntimeException reason) {
    return new AdminException(400, String.valueOf(reason.getMessage()));
  }

  /** A member that has not the form it must have. */
  public static AdminException malformed(String field, String remedy) {
    return new AdminException(400, field, remedy);
  }

  /** Something that is not there. */
  public static AdminException notFound(String field, String remedy) {
    return new AdminException(404, field, remedy);
  }

  public int status() {
    return status;
  }
}
