// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.util.List;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.identifier.AeId;
import org.mooring.in.app.Instance;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.credential.Credential;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.subscription.AssociatedInstance;

/**
 * Readies the IN-CSE's resources. A store that comes from a version with fewer implied rules gets
 * those of what it has: enrolees and instances keep registering whenever the operator writes the
 * first profile.
 */
final class SubscriptionSetup {
  private static final String ACTOR = "server";
  private static final int PAGE = 1000;

  private final ServiceProvider provider;
  private final Repositories tx;

  private SubscriptionSetup(ServiceProvider provider, Repositories tx) {
    this.provider = provider;
    this.tx = tx;
  }

  /**
   * To be called at each start, before any request.
   *
   * @param tx the transaction
   */
  static void prepare(CseEndpoint cse, ServiceProvider provider, Repositories tx) {
    if (cse.prepare(tx)) {
      new SubscriptionSetup(provider, tx).catchUp();
    }
  }

  private void catchUp() {
    List<Enrolee> page = tx.enrolees().page("", PAGE);
    while (!page.isEmpty()) {
      page.stream()
          .filter(enrolee -> !enrolee.isRevoked() && !enrolee.isEndedAt(tx.now()))
          .forEach(this::catchUp);
      page = tx.enrolees().page(page.get(page.size() - 1).id().toString(), PAGE);
    }
  }

  private void catchUp(Enrolee enrolee) {
    tx.impliedRules()
        .enrolled(enrolee.subscribed(provider, tx.enrolees().sharing(enrolee.entity())), ACTOR);
    tx.credentials().applicationKeysOn(enrolee.entity().absolute(provider.sp())).stream()
        .filter(ka -> ka.keepsSessionAt(tx.now()))
        .forEach(
            ka -> tx.appInstances().ofKey(ka.identity()).ifPresent(found -> catchUp(ka, found)));
  }

  private void catchUp(Credential ka, Instance instance) {
    ApprovedServices services =
        tx.appTokens()
            .find(instance.token())
            .map(IssuedToken::services)
            .orElse(ApprovedServices.NONE);
    AssociatedInstance associated =
        new AssociatedInstance(
            ka.identity(),
            ka.expiresAt(),
            instance.name().application(),
            (AeId) ka.client(),
            instance.token(),
            services);
    tx.impliedRules().associated(associated, ACTOR);
  }
}
