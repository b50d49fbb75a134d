// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Instant;
import java.util.Optional;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppInstances;
import org.mooring.asn.vault.ApplicationOrder;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.primitive.AttributeValue;

/**
 * The applications in a vault that another process may be running: what is ordered here the running
 * node does, or the next one.
 */
final class InstalledApplications {
  private final FileVault vault;

  InstalledApplications(FileVault vault) {
    this.vault = vault;
  }

  /**
   * Has an instance installed.
   *
   * @throws CommandFailedException if its id is another application's here
   */
  void install(AppInstance fresh) {
    if (now().isTaken(fresh)) {
      throw new CommandFailedException(
          "app: "
              + fresh.id()
              + " is an instance of another application; remove that first (app remove)");
    }
    order(new ApplicationOrder.Install(fresh));
  }

  /** Leaves an order; where no node runs, the vault has it at once. */
  void order(ApplicationOrder order) {
    vault.applicationOrders().place(order);
    Optional<NodeState> state = vault.read();
    if (state.isPresent() && !vault.isInUse()) {
      try (FileVault.Lock lock = vault.lock()) {
        var unused =
            vault.applicationOrders().carryOut(new StateKeeper(vault, vault.read().orElseThrow()));
      }
    }
  }

  /**
   * An instance that is installed.
   *
   * @throws CommandFailedException if none has this id
   */
  AppInstance require(String id) {
    return now().all().stream()
        .filter(instance -> instance.id().value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "app: no instance " + Reporter.printable(id) + " is installed; see app list"));
  }

  /**
   * What is told of each.
   *
   * @param now by the local clock
   */
  AttributeValue described(Instant now) {
    Optional<NodeState> state = vault.read();
    return state.isPresent()
        ? ApplicationDescription.of(
            state.get().toBuilder().appInstances(now()).build(), state.get().serverTime(now))
        : ApplicationDescription.of(now());
  }

  /** As they are once what was ordered is done. */
  private AppInstances now() {
    Optional<NodeState> state = vault.read();
    AppInstances instances = state.map(NodeState::appInstances).orElse(AppInstances.NONE);
    return vault.applicationOrders().applyTo(instances);
  }
}
