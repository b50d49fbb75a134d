// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.ClientRegistration;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;

/**
 * Registration with the MAF (TS-0003 clause 8.8.2.3). The first contact uses KeId; the answer names
 * the KmId to use from then on.
 */
public final class Authentication {
  private static final String REGISTRATION = "mafClientReg";

  private final StateKeeper keeper;
  private final ServerClock clock;

  public Authentication(StateKeeper keeper, ServerClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * Registers, or prolongs the registration where one is known and its credential opened the
   * session.
   *
   * @param sender a session with the MAF
   * @param opener the rung whose key opened the session
   */
  public CompletionStage<NodeState> run(Sender sender, Rung opener) {
    NodeState state = keeper.state();
    Fqdn maf = state.configuration().orElseThrow().maf();
    Optional<Registration> held = state.registration(Function.MAF);
    if (opener == Rung.MAF && held.isPresent()) {
      String resourceId = held.get().resourceId();
      return ClientRegistration.prolong(sender, maf, TrustResourceNames.MAF_CLIENT_REG, resourceId)
          .thenApply(answer -> keep(answer, resourceId));
    }
    String requestId = RequestIds.persisted(keeper, REGISTRATION);
    return ClientRegistration.create(
            sender, maf, TrustResourceNames.MAF_CLIENT_REG, List.of(), requestId)
        .thenApply(
            answer -> keep(answer, answer.text(TrustResourceNames.RESOURCE_ID).orElseThrow()));
  }

  private NodeState keep(Attributes answer, String resourceId) {
    return keeper.update(
        state -> {
          NodeState.Builder next = state.toBuilder();
          clock.setBy(answer, false, state, next);
          Lease lease = clock.leaseOf(answer, next.build());
          next.registration(Function.MAF, new Registration(resourceId, lease))
              .answered(REGISTRATION);
          state
              .key(Rung.ENROLMENT)
              .ifPresent(
                  enrolmentKey ->
                      next.key(Rung.MAF, masterKey(state, enrolmentKey, answer))
                          .failures(Rung.ENROLMENT, 0));
          return next.build();
        });
  }

  /** Km of a Ke, under the KmId that the MAF assigned; of a Ks, under its B-TID. */
  private static HeldKey masterKey(NodeState state, HeldKey enrolmentKey, Attributes answer) {
    KeyIdentifier id =
        TransactionId.isTransactionId(enrolmentKey.id())
            ? enrolmentKey.id()
            : answer
                .text(TrustResourceNames.ASSIGNED_KEY_ID)
                .map(Authentication::assigned)
                .orElseGet(() -> state.key(Rung.MAF).map(HeldKey::id).orElse(enrolmentKey.id()));
    return new HeldKey(id, AssociationKeys.mafKey(state), enrolmentKey.id(), enrolmentKey.lease());
  }

  private static KeyIdentifier assigned(String text) {
    try {
      return KeyIdentifier.parse(text);
    } catch (IdentifierSyntaxException e) {
      throw new BadAnswerException("assignedSymmKeyID is no key identifier");
    }
  }
}
