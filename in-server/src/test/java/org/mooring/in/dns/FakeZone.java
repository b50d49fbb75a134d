// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;

/** A zone that can be away, or refuse names. */
final class FakeZone implements Zone {
  private final Map<Fqdn, List<InetAddress>> records = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean isAway;
  private volatile Runnable whenAsked = () -> {};

  void setAway(boolean away) {
    isAway = away;
  }

  void refuse(String name) {
    refused.add(name);
  }

  void allow(String name) {
    refused.remove(name);
  }

  /** Has something happen while an update is under way. */
  void whenAsked(Runnable action) {
    whenAsked = action;
  }

  List<String> names() {
    return records.keySet().stream().map(Fqdn::value).sorted().toList();
  }

  List<InetAddress> addresses(String name) {
    return records.getOrDefault(new Fqdn(name), List.of());
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public boolean publish(Fqdn name, CseId cse, List<InetAddress> addresses)
      throws NameRefusedException, ZoneUnavailableException {
    ask(name);
    return !addresses.equals(records.put(name, addresses));
  }

  @Override
  public boolean withdraw(Fqdn name, CseId cse)
      throws NameRefusedException, ZoneUnavailableException {
    ask(name);
    return records.remove(name) != null;
  }

  private void ask(Fqdn name) throws NameRefusedException, ZoneUnavailableException {
    asked.add(name.value());
    whenAsked.run();
    if (isAway) {
      throw new ZoneUnavailableException("dns.example.org:53 gives no answer: see whether it runs");
    }
    if (refused.contains(name.value())) {
      throw new NameRefusedException(name + " is in the zone and not of this CSE");
    }
  }
}
