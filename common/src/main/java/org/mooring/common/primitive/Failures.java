// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.concurrent.CompletionException;

/** What made a stage fail. */
public final class Failures {
  private Failures() {}

  /** The failure itself, out of the wrapping that stages after it put around it. */
  public static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Why something failed, in one line. */
  public static String reasonOf(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
