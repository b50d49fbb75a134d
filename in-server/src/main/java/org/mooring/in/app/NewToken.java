// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;

/**
 * What an operator says of a token to be issued.
 *
 * @param from when it begins to let instances in; none: at once
 * @param until when it does no longer, in the future, and some day
 * @param nodes each by name, at least one; one that has not enrolled yet may be among them
 */
public record NewToken(
    AppId application,
    Optional<Instant> from,
    Instant until,
    List<AllowedNode> nodes,
    ApprovedServices services,
    InstanceCaps caps) {
  public NewToken {
    nodes = List.copyOf(nodes);
  }
}
