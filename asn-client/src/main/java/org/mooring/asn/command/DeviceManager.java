// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.mooring.common.command.CommandArguments.DevCfg;
import org.mooring.common.command.ManagementProtocol;

/** The device management client beside the node, where a program that embeds it has one. */
public interface DeviceManager {
  /** Of a node without device management: it does not support DEV_CFG. */
  DeviceManager NONE =
      new DeviceManager() {
        @Override
        public Set<ManagementProtocol> protocols() {
          return Set.of();
        }

        @Override
        public CompletionStage<Outcome> configure(DevCfg wanted) {
          throw new IllegalStateException("no protocol is supported");
        }
      };

  /** The protocols it speaks; none where the node does not support DEV_CFG at all. */
  Set<ManagementProtocol> protocols();

  /**
   * Has the node configured. It is not called again for the same command: a session with a
   * management server has effects that only that one knows.
   *
   * <p>A failed stage counts as with {@link CertificateProvisioner#provision}.
   *
   * @param wanted with a protocol of {@link #protocols}, and a URI at the node's MEF
   */
  CompletionStage<Outcome> configure(DevCfg wanted);
}
