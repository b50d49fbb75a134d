// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.identifier.AppInstanceId;

/** What another process wants done about an application on the node. */
public sealed interface ApplicationOrder {
  /** The instances once it is carried out; carried out twice they are the same. */
  AppInstances applyTo(AppInstances instances);

  /** Has an instance associated. */
  record Install(AppInstance instance) implements ApplicationOrder {
    @Override
    public AppInstances applyTo(AppInstances instances) {
      return instances.installed(instance);
    }
  }

  /**
   * One that can not be read; what it was nobody knows.
   *
   * @param reason why, in fixed words
   */
  record Unreadable(String reason) implements ApplicationOrder {
    @Override
    public AppInstances applyTo(AppInstances instances) {
      return instances;
    }
  }

  /** Has one given up and forgotten. */
  record Remove(AppInstanceId instance) implements ApplicationOrder {
    @Override
    public AppInstances applyTo(AppInstances instances) {
      return instances.parting(instance);
    }
  }
}
