// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

/** How a procedure with a server ended (TS-0003 clauses 8.3.9.7 and 8.3.9.8). */
public enum Outcome {
  DONE,
  /** The server could not be reached, refused, or failed. */
  SERVER_FAILED,
  /** The node itself failed. */
  CLIENT_FAILED
}
