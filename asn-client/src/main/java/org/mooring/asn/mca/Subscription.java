// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.SubscribedRules;
import org.mooring.asn.registration.ToldSubscription;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.SubscriptionCheck;

/**
 * Whether AEs may register with the node's own CSE, by the provider's service subscription (TS-0001
 * clause 10.2.2.2 step 003). What the provider told last is in the vault: a node that is offline
 * goes by it, and one that was never told lets every AE register, as where the provider wrote none.
 */
final class Subscription {
  private static final String CSE_ID = "csi";

  private final Supplier<StateKeeper> keeper;
  private final ServerClock clock;
  private final SubscribedRules rules;

  /**
   * @param executor may wait for the vault's disk
   */
  Subscription(
      Supplier<StateKeeper> keeper, ServerClock clock, Sender association, Executor executor) {
    this.keeper = keeper;
    this.clock = clock;
    this.rules =
        new SubscribedRules(
            request -> association.send(request).thenApplyAsync(answer -> answer, executor),
            this::parties,
            clock::localNow,
            new InVault());
  }

  private SubscribedRules.Parties parties() {
    ClientConfiguration told = keeper.get().state().configuration().orElseThrow();
    return new SubscribedRules.Parties(told.cseId().spRelative(), told.registrar().spRelative());
  }

  /** Of the CSE that the node is now: another one has other rules. */
  private final class InVault implements SubscribedRules.Keeping {
    @Override
    public Optional<ToldSubscription> kept() {
      Attributes kept = keeper.get().state().subscription();
      return kept.text(CSE_ID).filter(own()::equals).flatMap(own -> ToldSubscription.from(kept));
    }

    @Override
    public void keep(ToldSubscription changed) {
      Attributes kept = changed.toAttributes().toBuilder().put(CSE_ID, own()).build();
      keeper.get().update(state -> state.toBuilder().subscription(kept).build());
    }

    private String own() {
      CseId own = parties().own();
      return own.value();
    }
  }

  /**
   * Decides. An AE on Mca has no association, so that rules without credentials are for it; but for
   * an instance that the node has associated: its Ka counts as its credential (TS-0001 clause
   * 10.2.2.2 step 001, where the node is authenticated for its AEs).
   *
   * @param from its AE-ID-Stem, {@code C} or nothing
   */
  CompletionStage<Decision> decide(String appId, String from) {
    AeRegistration plain = new AeRegistration(Optional.empty(), appId, from);
    Optional<CredentialId> ka = credentialOf(from);
    return ka.isEmpty()
        ? decide(plain)
        : decide(new AeRegistration(ka, appId, from))
            .thenCompose(
                decision ->
                    decision.isAllowed()
                        ? CompletableFuture.completedStage(decision)
                        : decide(plain));
  }

  private CompletionStage<Decision> decide(AeRegistration registration) {
    return rules
        .ask(registration)
        .exceptionally(
            failure -> rules.remembered(registration).orElseGet(Profile::ofProviderWithoutOne))
        .thenApply(profile -> SubscriptionCheck.decide(registration, profile));
  }

  private Optional<CredentialId> credentialOf(String stem) {
    NodeState state = keeper.get().state();
    return state.appInstances().all().stream()
        .filter(instance -> instance.id().value().equals(stem))
        .filter(instance -> instance.mayLiveAt(clock.now(state)))
        .flatMap(instance -> credentialOf(instance).stream())
        .findFirst();
  }

  private static Optional<CredentialId> credentialOf(AppInstance instance) {
    return instance.key().map(ka -> CredentialId.towardMaf(ka.id()));
  }
}
