// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.primitive.Attributes;

/**
 * The Request Identifiers under which stems are asked for. One is in the vault before it is used,
 * and used again where the same application asks once more and the first answer was lost: the
 * registrar gives the same stem then, and none is left behind that is nobody's.
 */
final class StemRequests {
  /** Places for what is unanswered; two applications in one are told apart by what they ask. */
  private static final int PLACES = 32;

  private final Supplier<StateKeeper> keeper;
  private final Set<String> waitedFor = new HashSet<>();

  StemRequests(Supplier<StateKeeper> keeper) {
    this.keeper = keeper;
  }

  /**
   * One request for a stem.
   *
   * @param place names it among the node's pending requests; empty for one that is not repeated
   */
  record StemRequest(String place, String requestId) {}

  /**
   * Begins one. While an AE waits for the answer, another one like it gets a stem of its own.
   *
   * @param ae that asks
   */
  synchronized StemRequest begin(Attributes ae) {
    String place = "AEAnnc " + Math.floorMod(Objects.hash(ae.text("api"), ae.text("rn")), PLACES);
    if (waitedFor.contains(place)) {
      return new StemRequest("", RequestIds.random());
    }
    StemRequest request = new StemRequest(place, RequestIds.persisted(keeper.get(), place));
    waitedFor.add(place);
    return request;
  }

  /** The AE hears what became of it. */
  void answered(StemRequest request) {
    if (!request.place().isEmpty()) {
      keeper.get().update(state -> state.toBuilder().answered(request.place()).build());
    }
  }

  /** The AE waits no longer, with an answer or without one. */
  synchronized void left(StemRequest request) {
    waitedFor.remove(request.place());
  }
}
