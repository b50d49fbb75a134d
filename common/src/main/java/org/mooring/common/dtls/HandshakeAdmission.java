// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

/**
 * Whether a server takes a further handshake on. One that is overloaded answers no ClientHello: its
 * client hears nothing, keeps its key and comes back later, while the sessions that stand get their
 * answers. A handshake that was begun goes on.
 */
@FunctionalInterface
public interface HandshakeAdmission {
  /** Takes on every handshake. */
  HandshakeAdmission ALL = () -> true;

  /** Asked for each ClientHello on the thread that receives, so it must return at once. */
  boolean admits();
}
