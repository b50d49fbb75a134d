// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

/** The walk did not come to its end; the message says where. */
public final class DemoFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DemoFailedException(String message) {
    super(message);
  }
}
