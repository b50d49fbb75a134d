// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.quota;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of those entries that were put last: beyond its bound each new key takes the place of the
 * one that has been there the longest. Its order is that of their coming; a key that is removed and
 * put again comes anew. For one thread at a time.
 */
public final class LatestEntries<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most how many entries are kept
   */
  public LatestEntries(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
