// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.registration.SubscribedRules;
import org.mooring.asn.registration.ToldSubscription;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.SubscriptionCheck;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.quota.LatestEntries;

/**
 * Retrieves the service subscription for the AEs that register here with a stem of this CSE's
 * (TS-0001 clause 10.2.2.2 step 003, TS-0004 clause 7.3.2.7). While the IN-CSE is not reached,
 * nobody registers by what it told before; but for AEs that had registered since this CSE started,
 * which may register again by the subscription and ids that are cached (clause 11.3.2).
 */
public final class SubscribedAes {
  /** The AEs that are remembered to have registered. */
  private static final int REMEMBERED = 10_000;

  private final SubscribedRules rules;
  private final Function<KeyIdentifier, CompletionStage<CredentialId>> credentials;
  private final Map<AeId, AeRegistration> registered = new LatestEntries<>(REMEMBERED);

  /**
   * @param credentials the Credential-ID of an association by the key that opened it
   * @param provider with this CSE as its CSE
   * @param registrar SP-relative
   */
  public SubscribedAes(
      Forwarding forwarding,
      Function<KeyIdentifier, CompletionStage<CredentialId>> credentials,
      ServiceProvider provider,
      CseId registrar,
      InstantSource clock) {
    SubscribedRules.Parties parties = new SubscribedRules.Parties(provider.cse(), registrar);
    this.rules =
        new SubscribedRules(
            request -> forwarding.send(request, request.requestId()),
            () -> parties,
            clock,
            new InMemory());
    this.credentials = credentials;
  }

  /** Nothing is kept over a restart, since an AE that came before is not told from another then. */
  private static final class InMemory implements SubscribedRules.Keeping {
    private volatile @Nullable ToldSubscription told;

    @Override
    public Optional<ToldSubscription> kept() {
      return Optional.ofNullable(told);
    }

    @Override
    public void keep(ToldSubscription changed) {
      told = changed;
    }
  }

  /**
   * What the service subscription says. Never waits.
   *
   * <p>Fails with {@link RefusedException} NOT_REACHABLE where the IN-CSE does not tell.
   */
  public CompletionStage<RegistrarsWord> ask(RegistrarQuestion question) {
    return credentials
        .apply(question.association())
        .thenCompose(
            credential -> {
              AeRegistration registration = question.registration(credential);
              return rules
                  .ask(registration)
                  .exceptionally(failure -> cached(question, registration, failure))
                  .thenApply(profile -> word(question, credential, registration, profile));
            });
  }

  private Profile cached(
      RegistrarQuestion question, AeRegistration registration, Throwable failure) {
    boolean isKnown;
    synchronized (registered) {
      isKnown = registration.equals(registered.get(question.stem()));
    }
    return Optional.of(registration)
        .filter(known -> isKnown)
        .flatMap(rules::remembered)
        .orElseThrow(() -> refusal(Failures.causeOf(failure)));
  }

  private static RefusedException refusal(Throwable cause) {
    return cause instanceof RefusedException refused
        ? refused
        : Refusal.NOT_REACHABLE.of(
            "registrar (service subscription: " + Failures.reasonOf(cause) + ")");
  }

  private RegistrarsWord word(
      RegistrarQuestion question,
      CredentialId credential,
      AeRegistration registration,
      Profile profile) {
    if (SubscriptionCheck.decide(registration, profile).isAllowed()) {
      synchronized (registered) {
        registered.put(question.stem(), registration);
      }
    }
    return new RegistrarsWord.Subscribed(credential, profile);
  }
}
