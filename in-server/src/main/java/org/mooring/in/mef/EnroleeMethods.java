// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;

/** What an operator decides about the methods by which one enrolee may enrol. */
public final class EnroleeMethods {
  private final ServiceProvider provider;
  private final Generations generations;
  private final MethodPolicy policy;
  private final Set<EnrolmentMethod> served;

  EnroleeMethods(
      ServiceProvider provider,
      Generations generations,
      MethodPolicy policy,
      Set<EnrolmentMethod> served) {
    this.provider = provider;
    this.generations = generations;
    this.policy = policy;
    this.served = Set.copyOf(served);
  }

  /**
   * Sets the last method in the provider's order by which an enrolee may enrol. Sessions that its
   * own credentials below it opened end; what was derived from them lives to its own end.
   *
   * @param least none: any accepted one will do
   * @return the enrolee as it stands now, empty for an unknown one
   * @throws InvalidEnroleeException if the method is not accepted, or the enrolee has nothing that
   *     would meet it
   */
  public Optional<Enrolee> setMinimum(
      EnroleeStore store, KeyIdentifier id, Optional<EnrolmentMethod> least, String actor) {
    return store
        .enrolees()
        .find(provider.canonical(id))
        .map(enrolee -> changed(store, enrolee, least, actor));
  }

  private Enrolee changed(
      EnroleeStore store, Enrolee enrolee, Optional<EnrolmentMethod> least, String actor) {
    requireSensible(enrolee.factoryKey(), least);
    List<Credential> held = store.credentials().ofClient(enrolee.entity().absolute(provider.sp()));
    if (least.isPresent() && held.stream().noneMatch(credential -> meets(credential, least))) {
      throw new InvalidEnroleeException(
          "minMethod: "
              + enrolee.id()
              + " has no credential for "
              + least.get().text()
              + " or better, add one first");
    }
    if (least.isPresent() && held.stream().noneMatch(credential -> opens(credential, least))) {
      throw new InvalidEnroleeException(
          "minMethod: this server opens no session for what "
              + enrolee.id()
              + " would be left with; start it with --certificate and --trust, or with --ub-port or"
              + " --bsf");
    }
    store.enrolees().setMinMethod(enrolee.id(), least);
    generations.endSessions(
        store,
        held.stream()
            .filter(credential -> MethodCheck.methodOf(credential).isPresent())
            .filter(credential -> !isTaken(credential, least))
            .map(Credential::identity)
            .toList());
    Attributes detail =
        Attributes.builder()
            .put("minMethod", text(least))
            .put("before", text(enrolee.minMethod()))
            .build();
    store
        .audit()
        .record(actor, AuditAction.ENROLEE_METHOD_CHANGED, enrolee.id().toString(), detail);
    return enrolee.withMinMethod(least);
  }

  /** Whether the node could enrol with it, its subscription aside. */
  private boolean meets(Credential credential, Optional<EnrolmentMethod> least) {
    boolean isGood =
        credential.status() == Credential.Status.PENDING
            || credential.status() == Credential.Status.CURRENT;
    return isGood && credential.role() == FunctionRole.MEF && isTaken(credential, least);
  }

  private boolean opens(Credential credential, Optional<EnrolmentMethod> least) {
    return meets(credential, least)
        && MethodCheck.methodOf(credential).filter(served::contains).isPresent();
  }

  private boolean isTaken(Credential credential, Optional<EnrolmentMethod> least) {
    return MethodCheck.methodOf(credential)
        .filter(method -> policy.obstacle(method, least).isEmpty())
        .isPresent();
  }

  /**
   * Refuses a credential that would open nothing.
   *
   * @param least the minimum of the enrolee that is to have it
   * @throws InvalidEnroleeException naming the method, or the minimum
   */
  void requireTaken(FactoryKey key, Optional<EnrolmentMethod> least) {
    requireSensible(key, least);
    Optional<EnrolmentMethod> method = key.method();
    method
        .flatMap(own -> policy.obstacle(own, least))
        .ifPresent(
            refused -> {
              throw new InvalidEnroleeException(
                  "method: " + method.get().text() + " " + refused.reason());
            });
  }

  /** Whether the enrolee may enrol with a credential of its, as far as the method goes. */
  boolean takes(Enrolee enrolee, FactoryCredential credential) {
    return credential
        .method()
        .filter(method -> policy.obstacle(method, enrolee.minMethod()).isEmpty())
        .isPresent();
  }

  private void requireSensible(FactoryKey key, Optional<EnrolmentMethod> least) {
    if (least.isPresent() && key.isPreProvisioned()) {
      throw new InvalidEnroleeException(
          "minMethod: a pre-provisioned node enrols by no method, leave it out");
    }
    if (least.filter(method -> !policy.accepts(method)).isPresent()) {
      throw new InvalidEnroleeException(
          "minMethod: write one that the provider accepts, " + policy.accepted().text());
    }
  }

  /** As an operator writes it. */
  private static String text(Optional<EnrolmentMethod> least) {
    return least.map(EnrolmentMethod::text).orElse("any");
  }
}
