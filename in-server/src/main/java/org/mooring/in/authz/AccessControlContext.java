// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * When and from where a rule counts (TS-0001 clause 9.6.2.2). Of each kind one has to fit; a kind
 * without any is no condition.
 */
record AccessControlContext(List<ScheduleEntry> windows, List<AddressRange> addresses) {
  AccessControlContext {
    windows = List.copyOf(windows);
    addresses = List.copyOf(addresses);
  }

  boolean includes(AccessRequest request, Instant now) {
    boolean inTime = windows.isEmpty() || windows.stream().anyMatch(window -> window.includes(now));
    return inTime && (addresses.isEmpty() || isThere(request.addresses()));
  }

  /** What is not known is not there. */
  private boolean isThere(Set<InetAddress> known) {
    return !known.isEmpty()
        && known.stream()
            .allMatch(one -> addresses.stream().anyMatch(range -> range.includes(one)));
  }
}
