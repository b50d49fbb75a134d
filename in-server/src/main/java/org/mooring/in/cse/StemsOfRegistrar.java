// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrackedRegistration;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.SubscriptionCheck;

/**
 * Stems at a CSE below the topmost one, which has the IN-CSE's word for them: those of the
 * provider's by announcing the AE there (TS-0001 clause 10.2.2.2 cases a, b and e), its own by the
 * service subscription that it retrieves there (step 003). An AE that takes its stem along is there
 * said to be here, too (case f).
 */
final class StemsOfRegistrar implements StemAssignment {
  @Override
  public Assigned assign(Call call, CseId registrar, AeRegistration registration) {
    if (call.word().isEmpty()) {
      throw asked(call, registrar, registration);
    }
    RegistrarsWord word = call.word().get();
    if (word instanceof RegistrarsWord.Refused refused) {
      throw RegistrationRefusedException.byRegistrar(call, registrar, registration, refused);
    }
    if (word instanceof RegistrarsWord.Announced announced) {
      requireNotRegistered(call, registrar, registration, Optional.empty());
      return new Assigned(announced.stem(), "the IN-CSE lets it");
    }
    return granted(call, registrar, registration, (RegistrarsWord.Subscribed) word);
  }

  /** Once all that is against the registration here was looked for: nothing takes a word back. */
  private static RegistrarAskedException asked(
      Call call, CseId registrar, AeRegistration registration) {
    Optional<RegistrarQuestion.Tracking> tracking = tracking(call, registration);
    Optional<TrackedAe> before = tracking.flatMap(RegistrarQuestion.Tracking::before);
    requireNotRegistered(call, registrar, registration, before);
    requireFreeName(call, registration);
    return new RegistrarAskedException(question(call, registration, tracking));
  }

  /** An AE has its stem by its association, so that there is none to be made up. */
  private static Assigned granted(
      Call call, CseId registrar, AeRegistration registration, RegistrarsWord.Subscribed word) {
    Decision decision = SubscriptionCheck.decide(registration, word.profile());
    if (!decision.isAllowed()) {
      throw RegistrationRefusedException.bySubscription(call, registrar, registration, decision);
    }
    requireNotRegistered(call, registrar, registration, Optional.empty());
    return new Assigned(new AeId(registration.from()), decision.reason());
  }

  /** With its registration here that it may have left, if that was tracked. */
  private static Optional<RegistrarQuestion.Tracking> tracking(
      Call call, AeRegistration registration) {
    return TrackedRegistration.isOne(registration.from(), call.content().attributes())
        ? Optional.of(
            new RegistrarQuestion.Tracking(
                TrackedAes.find(call.store(), new AeId(registration.from()))))
        : Optional.empty();
  }

  /**
   * What is announced through this CSE the IN-CSE may let move here; an AE of its own stays.
   *
   * @param before a registration that is still to be asked about
   */
  private static void requireNotRegistered(
      Call call, CseId registrar, AeRegistration registration, Optional<TrackedAe> before) {
    boolean isHere =
        call.resources()
            .byId(registration.from())
            .filter(found -> found.type() != CseResources.AE_ANNC.code())
            .filter(found -> before.filter(TrackedAe.of(found)::equals).isEmpty())
            .isPresent();
    if (isHere) {
      throw RegistrationRefusedException.alreadyRegistered(
          call, registrar, registration, registration.from() + " is registered");
    }
  }

  private static void requireFreeName(Call call, AeRegistration registration) {
    String base = call.resources().base().orElseThrow().path();
    call.content()
        .attributes()
        .text("rn")
        .flatMap(name -> call.resources().byPath(base + "/" + name))
        .filter(found -> !found.id().equals(registration.from()))
        .ifPresent(
            found -> {
              throw Refusal.NAME_IN_USE.of("rn (resourceName)");
            });
  }

  private static RegistrarQuestion question(
      Call call, AeRegistration registration, Optional<RegistrarQuestion.Tracking> tracking) {
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
        call.request().requestExpiration(),
        tracking);
  }
}
