// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.util.List;

/** A kind of client with the servers it needs, whatever it is packed in. */
interface Client {

  /** A new one that its servers know. */
  Life next();

  /**
   * How one client is run.
   *
   * @param first arguments for its first start, with nothing but its bootstrap credential
   * @param again arguments for a later start, with what it has learnt
   * @param word stands in the line it prints once it is registered
   */
  record Life(List<String> first, List<String> again, String word) {
    public Life {
      first = List.copyOf(first);
      again = List.copyOf(again);
    }
  }
}
