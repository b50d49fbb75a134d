// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.Decision;
import org.mooring.in.cse.CseObstacle.Element;
import org.mooring.in.provider.Registrars;
import org.mooring.in.provider.ServiceProvider;

/**
 * Whether a CSE may register with what it says of itself (TS-0001 clause 10.2.2.7 with the
 * pre-assigned CSE-ID, TS-0004 clause 7.4.4.2.1), and which CSEs below it it may announce.
 */
public final class CseRegistrations {
  /** CSEs that one may announce: each of them is looked up at every change. */
  private static final int MOST_DESCENDANTS = 1_000;

  /** CSEs in a row, each the registrar of the next; longer rows, and circles, are none. */
  private static final int LONGEST_ROW = 8;

  private static final int TYPE = CseResources.REMOTE_CSE.code();

  private final ServiceProvider provider;

  public CseRegistrations(ServiceProvider provider) {
    this.provider = provider;
  }

  /**
   * The first of what is against a registration as things stand; empty for one that is accepted.
   */
  public Optional<CseObstacle> decide(CseStore store, CseClaim claim) {
    return ofOriginator(store, claim).or(() -> ofContent(store, claim));
  }

  /** What is against its originator. */
  Optional<CseObstacle> ofOriginator(CseStore store, CseClaim claim) {
    CseId assigned = claim.assigned();
    if (!claim.from().isEmpty() && !isAssigned(claim, claim.from())) {
      return Optional.of(ofFrom(claim));
    }
    if (store.resources().registrationOf(TYPE, assigned).isPresent()) {
      Refusal refusal = Decision.refusalOfRegistered(claim.release());
      return obstacle(
          Element.REGISTRATION,
          assigned.value(),
          refusal,
          assigned + " is registered",
          refusal.remedy());
    }
    return Optional.empty();
  }

  private CseObstacle ofFrom(CseClaim claim) {
    String reason = claim.credential() + " is of " + claim.assigned() + ", not of " + claim.from();
    boolean isOwnAe =
        registrarIn(claim.from())
            .filter(cse -> cse.isSameAs(claim.assigned(), provider.sp()))
            .isPresent();
    return new CseObstacle(
        Element.FROM,
        claim.from(),
        isOwnAe ? Refusal.OPERATION_NOT_OFFERED : Refusal.WRONG_ORIGINATOR,
        isOwnAe ? claim.from() + " is an AE" : reason,
        "leave From out or send " + claim.assigned());
  }

  /** What is against its content. */
  Optional<CseObstacle> ofContent(CseStore store, CseClaim claim) {
    CseId assigned = claim.assigned();
    Optional<String> otherId = claim.cseId().filter(given -> !isAssigned(claim, given));
    if (otherId.isPresent()) {
      return obstacle(
          Element.CSE_ID,
          otherId.get(),
          Refusal.WRONG_CSE_ID,
          claim.credential() + " is of " + assigned + ", not of " + otherId.get(),
          "leave csi out or send " + assigned);
    }
    // Names below the CSEBase are one space: another's stem would keep its owner from registering.
    Optional<String> otherName = claim.name().filter(given -> !given.equals(assigned.stem()));
    if (otherName.isPresent()) {
      return obstacle(
          Element.NAME,
          otherName.get(),
          Refusal.INVALID_ATTRIBUTE,
          "a <remoteCSE> here bears the stem of its CSE-ID, " + assigned.stem(),
          "leave rn out or send " + assigned.stem());
    }
    return ofDescendants(store, claim);
  }

  /** What is against the CSEs that it announces. */
  Optional<CseObstacle> ofDescendants(CseStore store, CseClaim claim) {
    List<String> announced = claim.descendants().stream().distinct().toList();
    if (announced.size() > MOST_DESCENDANTS) {
      return obstacle(
          Element.DESCENDANTS,
          announced.size() + " CSEs",
          Refusal.QUOTA_EXCEEDED,
          announced.size() + " CSEs are announced, " + MOST_DESCENDANTS + " may be",
          "register some of them with another CSE");
    }
    return announced.stream()
        .filter(given -> !isBelow(store, given, claim.assigned()))
        .findFirst()
        .flatMap(
            given ->
                obstacle(
                    Element.DESCENDANTS,
                    given,
                    Refusal.FOREIGN_DESCENDANT,
                    "no enrolment of " + given + " names " + claim.assigned() + " as its registrar",
                    "leave " + given + " out, or enrol it with --registrar " + claim.assigned()));
  }

  /**
   * Whether a registered CSE announced another, or the registrar of an AE, and still may.
   *
   * @param registree SP-relative
   */
  boolean isDescendant(CseStore store, CseId announced, CseId registree) {
    return store
        .resources()
        .registrationOf(TYPE, registree)
        .filter(
            registration ->
                registration.attributes().texts("dcse").stream()
                    .anyMatch(entry -> isSame(entry, announced)))
        .filter(registration -> isBelow(store, announced, registree))
        .isPresent();
  }

  /**
   * Over whose association another CSE is reached: its own where it is registered here, else that
   * of the one that announced it.
   *
   * @return SP-relative; empty where it is not below this CSE
   */
  Optional<CseId> wayTo(CseStore store, CseId host) {
    CseId next = host.absolute(provider.sp());
    for (int row = 0; row < LONGEST_ROW && next.sp().equals(provider.sp()); row++) {
      CseId hop = next.spRelative();
      if (store.resources().registrationOf(TYPE, hop).isPresent()) {
        boolean isReached = hop.isSameAs(host, provider.sp()) || isDescendant(store, host, hop);
        return Optional.of(hop).filter(found -> isReached);
      }
      Optional<CseId> registrar = store.registrarOf(next);
      if (registrar.isEmpty()) {
        break;
      }
      next = registrar.get().absolute(provider.sp());
    }
    return Optional.empty();
  }

  /** The CSE that an AE-ID is below of, for one that has a registrar in it. */
  static Optional<CseId> registrarIn(String id) {
    return Optional.of(id)
        .filter(AeId::isValid)
        .map(AeId::new)
        .filter(ae -> ae.isAssignedByCse() && !ae.isStem())
        .map(AeId::registrar);
  }

  private boolean isBelow(Registrars registrars, String announced, CseId registree) {
    return CseId.isValid(announced) && isBelow(registrars, new CseId(announced), registree);
  }

  private boolean isBelow(Registrars registrars, CseId announced, CseId registree) {
    CseId next = announced.absolute(provider.sp());
    for (int row = 0; row < LONGEST_ROW && next.sp().equals(provider.sp()); row++) {
      Optional<CseId> registrar = registrars.registrarOf(next);
      if (registrar.isEmpty()) {
        return false;
      }
      next = registrar.get().absolute(provider.sp());
      if (next.isSameAs(registree, provider.sp())) {
        return true;
      }
    }
    return false;
  }

  private boolean isAssigned(CseClaim claim, String given) {
    return isSame(given, claim.assigned());
  }

  private boolean isSame(String given, CseId cse) {
    return CseId.isValid(given) && new CseId(given).isSameAs(cse, provider.sp());
  }

  private static Optional<CseObstacle> obstacle(
      Element element, String sent, Refusal refusal, String reason, String remedy) {
    return Optional.of(new CseObstacle(element, sent, refusal, reason, remedy));
  }
}
