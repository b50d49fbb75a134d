// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

/** Whether a request carries an attribute (the columns of TS-0004 clause 7.4). */
public enum Presence {
  MANDATORY,
  OPTIONAL,
  NOT_PERMITTED,
  /** The standard permits it and this project does not offer its feature: answered with 5001. */
  UNSUPPORTED
}
