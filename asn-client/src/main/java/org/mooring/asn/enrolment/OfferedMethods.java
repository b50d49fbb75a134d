// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.MethodOffer.Offered;

/** What a node can tell its MEF about its methods, in the order in which it tries them. */
final class OfferedMethods {
  private OfferedMethods() {}

  /**
   * The offer in a session with the MEF; empty where the node has one method only. A method counts
   * as refused if all its credentials were. What the MEF barred it knows itself: that is no
   * refusal. What the node can not show now it does not have.
   *
   * @param opener the rung whose credential opened the session, and so is not refused
   */
  static Optional<MethodOffer> of(NodeState state, Rung opener, Instant now) {
    Map<EnrolmentMethod, Boolean> refused = new LinkedHashMap<>();
    if (hasIssuedCertificate(state, now)) {
      refused.put(EnrolmentMethod.CERTIFICATE, !isIssuedCertificateOpen(state, now));
    }
    FactoryCredential present = state.factory();
    for (Member member : state.factories().members()) {
      if (member.verdict() == Verdict.ABSENT) {
        continue;
      }
      boolean isPresent = opener == Rung.BOOTSTRAP && member.credential().isSameAs(present);
      refused.merge(
          ((MefCredential) member.credential()).method(),
          member.verdict() == Verdict.REFUSED && !isPresent,
          Boolean::logicalAnd);
    }
    return refused.size() < 2
        ? Optional.empty()
        : Optional.of(
            new MethodOffer(
                refused.entrySet().stream()
                    .map(entry -> new Offered(entry.getKey(), entry.getValue()))
                    .toList()));
  }

  private static boolean hasIssuedCertificate(NodeState state, Instant now) {
    return Stream.of(state.certificates().current(), state.certificates().next())
        .flatMap(Optional::stream)
        .map(IssuedCertificate::lease)
        .anyMatch(lease -> lease.isAliveAt(now));
  }

  private static boolean isIssuedCertificateOpen(NodeState state, Instant now) {
    return state.certificates().hopeful(now).isPresent() || state.isCertificateUsable(now);
  }
}
