// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.ServiceProvider;

/**
 * The Ks of USIMs in the index of credentials, each below what its enrolee came with: it takes the
 * place of an earlier Ks at its first use, and ends with the enrolee.
 */
final class SessionKeys {
  private final ServiceProvider provider;
  private final Generations generations;

  SessionKeys(ServiceProvider provider, Generations generations) {
    this.provider = provider;
    this.generations = generations;
  }

  /** What the enrolee with a subscription came with, if it opens anything now. */
  static Optional<Credential> subscription(BsfStore tx, Impi impi) {
    return tx.credentials()
        .find(impi.identifier())
        .filter(credential -> credential.kind() == Credential.Kind.USIM)
        .filter(credential -> credential.opensHandshakeAt(tx.now()));
  }

  /**
   * Adds a Ks; one that was made before and never used makes room, for a BSF keeps the newest of a
   * USIM alone (TS 33.220 clause 4.5.2).
   *
   * @param key what there is of it here, to be sealed
   * @param latest when it ends at the BSF
   */
  Credential add(
      BsfStore tx,
      Credential subscription,
      TransactionId transaction,
      SecretKeyBytes key,
      Instant latest) {
    String line = subscription.client() + " gba";
    generations.replacePending(tx, subscription.client(), line);
    Credential added =
        new Credential(
            transaction.canonical(),
            Credential.Kind.KS,
            subscription.role(),
            subscription.client(),
            subscription.identity(),
            line,
            Credential.Status.PENDING,
            earlier(BootstrappingInfo.wholeSeconds(latest), endOfKey(tx, subscription)));
    tx.credentials().add(added, key);
    return added;
  }

  /**
   * Ks is this node's Ke, and lives as long as one, within its subscription (TS-0003 clause 10.7),
   * in whole seconds.
   */
  private Instant endOfKey(BsfStore tx, Credential subscription) {
    Instant granted = tx.now().plus(provider.lifetimes().enrolment());
    Instant end =
        tx.enrolees()
            .find(subscription.identity())
            .map(
                enrolee ->
                    earlier(tx.now().plus(enrolee.enrolmentLifetime()), enrolee.subscribedUntil()))
            .map(agreed -> earlier(agreed, granted))
            .orElse(granted);
    return BootstrappingInfo.wholeSeconds(end);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
