// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.audit;

import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/**
 * A refusal that the audit log is to have, with more than the client is told. The transaction is
 * undone; what it is recorded as comes along, for whoever keeps the record from growing by those
 * who go on trying.
 */
public abstract class RecordedRefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient AuditAction action;
  private final transient Attributes detail;
  private final transient RefusedException answer;

  /**
   * @param detail with the {@code reason}, one line without secrets
   * @param answer what the client is told
   */
  protected RecordedRefusalException(
      AuditAction action, Attributes detail, RefusedException answer) {
    super(answer.getMessage(), null, false, false);
    this.action = action;
    this.detail = detail;
    this.answer = answer;
  }

  /** Whom it is about, where that is not whoever asked. */
  public Optional<String> subject() {
    return Optional.empty();
  }

  public AuditAction action() {
    return action;
  }

  public Attributes detail() {
    return detail;
  }

  public RefusedException answer() {
    return answer;
  }
}
