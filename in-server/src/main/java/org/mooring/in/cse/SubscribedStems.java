// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;

/** Stems as the provider's service subscription grants them, made unique here. */
final class SubscribedStems implements StemAssignment {
  private final ServiceSubscriptions subscriptions;
  private final RandomIds ids;

  SubscribedStems(ServiceSubscriptions subscriptions, RandomIds ids) {
    this.subscriptions = subscriptions;
    this.ids = ids;
  }

  @Override
  public Assigned assign(Call call, CseId registrar, AeRegistration registration) {
    Decision decision = subscriptions.decide(call.store(), registrar, registration);
    if (!decision.isAllowed()) {
      throw RegistrationRefusedException.bySubscription(call, registrar, registration, decision);
    }
    Optional<String> taken = subscriptions.againstStem(call.store(), registrar, decision);
    if (taken.isPresent()) {
      throw RegistrationRefusedException.alreadyRegistered(
          call, registrar, registration, taken.get());
    }
    AeId stem = new AeId(decision.grant().orElseThrow().stem(ids.stemPart()));
    return new Assigned(stem, decision.reason());
  }
}
