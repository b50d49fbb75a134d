// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mooring.asn.vault.ApplicationOrder;
import org.mooring.asn.vault.ApplicationOrders;

/** Orders about applications that a test leaves. */
final class MemoryOrders implements ApplicationOrders {
  private final List<ApplicationOrder> orders = new CopyOnWriteArrayList<>();

  @Override
  public List<Waiting> waiting() {
    return orders.stream().map(order -> new Waiting(order, () -> orders.remove(order))).toList();
  }

  @Override
  public void erase() {
    orders.clear();
  }

  @Override
  public void place(ApplicationOrder order) {
    orders.add(order);
  }
}
