// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

/** An instance of an application has no key that lives; the message says why, if that is known. */
public final class NotAssociatedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAssociatedException(String message) {
    super(message);
  }
}
