// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.asn.command.CommandReport;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Trouble;

/** Told of a node's life, on the node's executor. */
public interface NodeListener {
  /** Hears nothing. */
  NodeListener NONE = new NodeListener() {};

  /** A step ended well and its result is stored. */
  default void stepDone(StepReport report) {}

  /** The session with the registrar stands, with the registration. */
  default void registered(NodeState state) {}

  /** The MEF has answered the report on a command. */
  default void commandReported(CommandReport report) {}

  /** The MAF has answered about an instance of an application; see what it holds and is. */
  default void applicationAnswered(AppInstance instance) {}

  /** A step failed; the node tries again at the named time. */
  default void failed(Trouble trouble) {}
}
