// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Option;

/** Which node of a service subscription is meant. */
final class SubscribedNodeOption {
  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "an enrolee, whose CSE it is about (default: this IN-CSE)")
  private @Nullable KeyIdentifier node;

  /** Says it in an order. */
  void addTo(Attributes.Builder order) {
    if (node != null) {
      order.put("node", node.toString());
    }
  }
}
