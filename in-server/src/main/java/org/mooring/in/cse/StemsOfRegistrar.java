// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AeRegistration;

/**
 * Stems at a CSE below the topmost one: those of the provider's as the IN-CSE gives them, which is
 * asked by announcing the AE there (TS-0001 clause 10.2.2.2 cases a, b and e).
 */
final class StemsOfRegistrar implements StemAssignment {
  private final StemAssignment ofThisCse;

  /**
   * @param ofThisCse for stems that this CSE assigns
   */
  StemsOfRegistrar(StemAssignment ofThisCse) {
    this.ofThisCse = ofThisCse;
  }

  @Override
  public Assigned assign(Call call, CseId registrar, AeRegistration registration) {
    AeId stem = new AeId(registration.from());
    if (stem.isAssignedByCse()) {
      return ofThisCse.assign(call, registrar, registration);
    }
    requireNotRegistered(call, registrar, registration);
    RegistrarsWord word =
        call.word().orElseThrow(() -> new RegistrarAskedException(question(call, registration)));
    if (word instanceof RegistrarsWord.Refused refused) {
      throw RegistrationRefusedException.byRegistrar(
          call, registrar, registration, refused.refusal());
    }
    return new Assigned(((RegistrarsWord.Announced) word).stem(), "the IN-CSE lets it");
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
      throw Refusal.ASSOCIATION_REQUIRED.of("<AE> whose stem the IN-CSE assigns");
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
