// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

/** What the plain coap port on loopback offers. */
public enum CoapMode {
  /** {@code /.well-known/core}; all else needs an association. */
  DISCOVERY,
  /** The CSE without associations too, for test beds and conformance suites. */
  OPEN
}
