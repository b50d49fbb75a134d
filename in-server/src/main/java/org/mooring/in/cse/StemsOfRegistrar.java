// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.SubscriptionCheck;

/**
 * Stems at a CSE below the topmost one, which has the IN-CSE's word for them: those of the
 * provider's by announcing the AE there (TS-0001 clause 10.2.2.2 cases a, b and e), its own by the
 * service subscription that it retrieves there (step 003).
 */
final class StemsOfRegistrar implements StemAssignment {
  @Override
  public Assigned assign(Call call, CseId registrar, AeRegistration registration) {
    requireNotRegistered(call, registrar, registration);
    RegistrarsWord word =
        call.word().orElseThrow(() -> new RegistrarAskedException(question(call, registration)));
    if (word instanceof RegistrarsWord.Refused refused) {
      throw RegistrationRefusedException.byRegistrar(
          call, registrar, registration, refused.refusal());
    }
    return word instanceof RegistrarsWord.Announced announced
        ? new Assigned(announced.stem(), "the IN-CSE lets it")
        : granted(call, registrar, registration, ((RegistrarsWord.Subscribed) word).profile());
  }

  /** An AE has its stem by its association, so that there is none to be made up. */
  private static Assigned granted(
      Call call, CseId registrar, AeRegistration registration, Profile profile) {
    Decision decision = SubscriptionCheck.decide(registration, profile);
    if (!decision.isAllowed()) {
      throw RegistrationRefusedException.bySubscription(call, registrar, registration, decision);
    }
    return new Assigned(new AeId(registration.from()), decision.reason());
  }

  /** What is announced through this CSE the IN-CSE may let move here; an AE of its own stays. */
  private static void requireNotRegistered(
      Call call, CseId registrar, AeRegistration registration) {
    boolean isHere =
        call.resources()
            .byId(registration.from())
            .filter(found -> found.type() != CseResources.AE_ANNC.code())
            .isPresent();
    if (isHere) {
      throw RegistrationRefusedException.alreadyRegistered(
          call, registrar, registration, registration.from() + " is registered");
    }
  }

  private static RegistrarQuestion question(Call call, AeRegistration registration) {
    if (!(call.originator() instanceof Originator.Associated associated)) {
      throw Refusal.ASSOCIATION_REQUIRED.of("<AE>");
    }
    return new RegistrarQuestion(
        new AeId(registration.from()),
        registration.appId(),
        associated.principal().credential(),
        call.content().attributes().timestamp(Expirations.ATTRIBUTE),
        call.request().releaseVersion(),
        call.request().requestId(),
        call.request().requestExpiration());
  }
}
