// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

/**
 * A registration that all is well with so far, and that waits for the registrar's word. The
 * transaction is undone; once the word is there, the request is carried out anew.
 */
public final class RegistrarAskedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient RegistrarQuestion question;

  RegistrarAskedException(RegistrarQuestion question) {
    super("the registrar is asked about " + question.stem(), null, false, false);
    this.question = question;
  }

  public RegistrarQuestion question() {
    return question;
  }
}
