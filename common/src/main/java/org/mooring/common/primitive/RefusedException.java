// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

/** A request that was refused; it carries what the answer will say. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final String subject;

  /**
   * @param refusal why
   * @param subject the parameter, attribute or resource at fault; never its value
   */
  public RefusedException(Refusal refusal, String subject) {
    super(subject + ": " + refusal.remedy(), null, false, false);
    this.refusal = refusal;
    this.subject = subject;
  }

  public Refusal refusal() {
    return refusal;
  }

  public String subject() {
    return subject;
  }
}
