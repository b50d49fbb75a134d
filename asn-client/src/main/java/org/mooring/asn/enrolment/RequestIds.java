// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;

/** Request Identifiers: random, so that none is ever used twice, not even after a reset. */
public final class RequestIds {
  private static final int OCTETS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RequestIds() {}

  /** A new identifier of 24 hex digits. */
  public static String random() {
    byte[] octets = new byte[OCTETS];
    RANDOM.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /**
   * The identifier for a CREATE: the one of the same request when that may have been sent before,
   * else a new one, stored before it is used.
   *
   * @param request names the request among those of a node
   */
  public static String persisted(StateKeeper keeper, String request) {
    NodeState state =
        keeper.state().pendingRequest(request).isPresent()
            ? keeper.state()
            : keeper.update(s -> s.toBuilder().pendingRequest(request, random()).build());
    return state.pendingRequest(request).orElseThrow();
  }
}
