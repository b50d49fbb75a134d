// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.asn.command.CommandReport;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Trouble;

/** Tells of a successor's registration only once the node has changed over to it. */
final class ArrivalListener implements NodeListener {
  private final NodeListener listener;
  private volatile boolean arrived;

  ArrivalListener(NodeListener listener) {
    this.listener = listener;
  }

  void arrived(NodeState state) {
    arrived = true;
    listener.registered(state);
  }

  @Override
  public void stepDone(StepReport report) {
    listener.stepDone(report);
  }

  @Override
  public void registered(NodeState state) {
    if (arrived) {
      listener.registered(state);
    }
  }

  @Override
  public void failed(Trouble trouble) {
    listener.failed(trouble);
  }

  @Override
  public void commandReported(CommandReport report) {
    listener.commandReported(report);
  }

  @Override
  public void applicationAnswered(AppInstance instance) {
    listener.applicationAnswered(instance);
  }
}
