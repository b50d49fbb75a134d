// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The handshakes under way, capped per source and in all: each holds some 5 KB until it times out,
 * and anyone with an address can start them. Where there are too many the oldest falls, that of the
 * same source first, so that one host does not shut out the others.
 *
 * @param <H> a handshake
 */
final class HalfOpenHandshakes<H> {
  /** An IPv6 host owns the 64-bit prefix of its address. */
  private static final int PREFIX_OCTETS = 8;

  private final int perSource;
  private final int inAll;
  private final Map<H, ByteBuffer> sources = new HashMap<>();
  private final Map<ByteBuffer, Set<H>> bySource = new HashMap<>();
  private final Set<H> oldestFirst = new LinkedHashSet<>();
  private final Set<H> failing = new HashSet<>();

  HalfOpenHandshakes(int perSource, int inAll) {
    this.perSource = perSource;
    this.inAll = inAll;
  }

  /** Notes a handshake that starts; gives the one that must fall for it, taken out already. */
  synchronized Optional<H> started(H handshake, InetSocketAddress peer) {
    ByteBuffer source = sourceOf(peer);
    if (sources.putIfAbsent(handshake, source) != null) {
      return Optional.empty();
    }
    oldestFirst.add(handshake);
    Set<H> ofSource = bySource.computeIfAbsent(source, s -> new LinkedHashSet<>());
    ofSource.add(handshake);
    if (ofSource.size() > perSource) {
      return oldest(ofSource);
    }
    return oldestFirst.size() > inAll ? oldest(oldestFirst) : Optional.empty();
  }

  /**
   * Notes that a handshake which is under way is bound to fail.
   *
   * @return whether that is news; false also for one that has ended, whose key may come too late
   */
  synchronized boolean fails(H handshake) {
    return sources.containsKey(handshake) && failing.add(handshake);
  }

  /** Whether a handshake that is under way is known to fail. */
  synchronized boolean isFailing(H handshake) {
    return failing.contains(handshake);
  }

  /**
   * Takes out a handshake that ended, either way.
   *
   * @return whether {@link #fails} had told of it
   */
  synchronized boolean ended(H handshake) {
    takeOut(handshake);
    return failing.remove(handshake);
  }

  private void takeOut(H handshake) {
    ByteBuffer source = sources.remove(handshake);
    if (source != null) {
      oldestFirst.remove(handshake);
      bySource.computeIfPresent(
          source,
          (s, ofSource) -> {
            ofSource.remove(handshake);
            return ofSource.isEmpty() ? null : ofSource;
          });
    }
  }

  synchronized int size() {
    return sources.size();
  }

  private Optional<H> oldest(Set<H> handshakes) {
    H fallen = handshakes.iterator().next();
    takeOut(fallen); // whether its failure was told is asked when it ends
    return Optional.of(fallen);
  }

  static ByteBuffer sourceOf(InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    byte[] octets = address == null ? new byte[0] : address.getAddress();
    return ByteBuffer.wrap(Arrays.copyOf(octets, Math.min(octets.length, PREFIX_OCTETS)));
  }
}
