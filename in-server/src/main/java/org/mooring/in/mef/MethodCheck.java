// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;

/**
 * Holds the sessions of enrolees against the provider's policy. All that it asks of the store
 * stands in the record of the one client.
 */
public final class MethodCheck {
  private final MethodPolicy policy;
  private final Set<EnrolmentMethod> served;

  /**
   * @param served for which this server opens sessions at all: a node is not sent to a door that is
   *     not there
   */
  public MethodCheck(MethodPolicy policy, Set<EnrolmentMethod> served) {
    this.policy = policy;
    this.served = Set.copyOf(served);
  }

  /**
   * The method by which a credential authenticates a node; empty for keys that an enrolment led to
   * and for pre-provisioned ones. A B-TID is as good as the USIM behind it, and a certificate that
   * was issued since as one from the factory.
   */
  public static Optional<EnrolmentMethod> methodOf(Credential credential) {
    return switch (credential.kind()) {
      case KPM -> Optional.of(EnrolmentMethod.PSK);
      case CERTIFICATE ->
          Optional.of(
              PublicKeyId.isRelativeId(credential.identity().relative())
                  ? EnrolmentMethod.RPK
                  : EnrolmentMethod.CERTIFICATE);
      case USIM, KS -> Optional.of(EnrolmentMethod.GBA);
      case KE, KM, KPSA, KC, KA -> Optional.empty();
    };
  }

  /** Whether the provider takes a method from anybody. */
  public boolean accepts(EnrolmentMethod method) {
    return policy.accepts(method);
  }

  /**
   * Why nobody is to come to any function with this credential, in one line; empty where the policy
   * does not mind.
   */
  public Optional<String> obstacle(EnroleeStore store, Credential credential) {
    return methodOf(credential)
        .flatMap(
            method ->
                refused(store, credential, method).map(no -> method.text() + " " + no.reason()));
  }

  /**
   * Lets a request in a session go on, whatever was registered in others before.
   *
   * @param session the credential that authenticated it
   * @throws MethodRefusedException if the method is below what the provider or the enrolee's
   *     minimum takes
   */
  public void require(EnroleeStore store, Credential session) {
    Optional<EnrolmentMethod> method = methodOf(session);
    if (method.isPresent()) {
      refused(store, session, method.get())
          .ifPresent(
              refused -> {
                throw new MethodRefusedException(method.get(), refused, new MethodOffer(List.of()));
              });
    }
  }

  private Optional<MethodDecision.Refused> refused(
      EnroleeStore store, Credential credential, EnrolmentMethod method) {
    return policy.obstacle(method, minimum(store, credential));
  }

  private static Optional<EnrolmentMethod> minimum(EnroleeStore store, Credential credential) {
    return store.enrolees().ofClient(credential.client()).flatMap(Enrolee::minMethod);
  }

  /**
   * Decides on the offer in a client registration, and records where a node had to make do with
   * less than it has.
   *
   * @throws MethodRefusedException if it is to come by another method
   * @throws RefusedException INVALID_ATTRIBUTE if the labels make no offer
   */
  void beforeRegistration(EnroleeStore store, Credential session, List<String> labels) {
    Optional<EnrolmentMethod> method = methodOf(session);
    Optional<MethodOffer> offer = offer(labels);
    if (method.isEmpty() || offer.isEmpty()) {
      return;
    }
    MethodDecision decision =
        policy.decide(
            method.get(), offer.get(), minimum(store, session), available(store, session));
    if (decision instanceof MethodDecision.Refused refused) {
      throw new MethodRefusedException(method.get(), refused, offer.get());
    }
    if (decision instanceof MethodDecision.InsteadOf instead) {
      Attributes detail =
          Attributes.builder()
              .put("method", method.get().text())
              .put("preferred", instead.preferred().text())
              .put("opensHere", instead.opensHere())
              .put("offer", MethodRefusedException.text(offer.get()))
              .build();
      store
          .audit()
          .record(
              session.identity().toString(),
              AuditAction.METHOD_FALLEN_BACK,
              session.client().value(),
              detail);
    }
  }

  private static Optional<MethodOffer> offer(List<String> labels) {
    try {
      return MethodOffer.from(labels);
    } catch (IllegalArgumentException e) {
      throw Refusal.INVALID_ATTRIBUTE.of(TrustResourceNames.LABELS + " (enrolment-method)");
    }
  }

  /** By which methods the client could open a session with the MEF now. */
  private Set<EnrolmentMethod> available(EnroleeStore store, Credential session) {
    return store.credentials().ofClient(session.client()).stream()
        .filter(held -> held.role() == FunctionRole.MEF && held.opensHandshakeAt(store.now()))
        .flatMap(held -> methodOf(held).stream())
        .filter(served::contains)
        .collect(Collectors.toSet());
  }
}
