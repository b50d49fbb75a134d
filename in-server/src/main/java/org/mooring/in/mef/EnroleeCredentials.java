// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.Enrolees.Added;
import org.mooring.in.mef.NodeNames.Names;
import org.mooring.in.provider.ServiceProvider;

/**
 * What an operator does with the credentials that one enrolee has from the factory: a node may have
 * several, and enrols with any of them as the same CSE.
 */
public final class EnroleeCredentials {
  /** Credentials from the factory that an enrolee may have. */
  static final int MOST = 8;

  private final ServiceProvider provider;
  private final FactoryCredentials credentials;
  private final EnroleeMethods methods;

  EnroleeCredentials(
      ServiceProvider provider, FactoryCredentials credentials, EnroleeMethods methods) {
    this.provider = provider;
    this.credentials = credentials;
    this.methods = methods;
  }

  /**
   * Adds a credential to those that an enrolee has.
   *
   * @param id any of them
   * @return empty for an unknown enrolee
   * @throws InvalidEnroleeException if the enrolee enrols no more or never did, or a value does not
   *     fit
   */
  public Optional<Added> add(
      EnroleeStore store, KeyIdentifier id, NewCredential wanted, String actor) {
    return enrolee(store, id).map(enrolee -> added(store, enrolee, wanted, actor));
  }

  private Added added(EnroleeStore store, Enrolee enrolee, NewCredential wanted, String actor) {
    requireEnrolling(enrolee);
    EnrolmentMethod method =
        wanted
            .factoryKey()
            .method()
            .orElseThrow(
                () ->
                    new InvalidEnroleeException(
                        "method: a pre-provisioned Km or Kpsa stands alone, write psk,"
                            + " certificate, rpk or gba"));
    methods.requireTaken(wanted.factoryKey(), enrolee.minMethod());
    if (store.enrolees().credentialsOf(enrolee).size() >= MOST) {
      throw new InvalidEnroleeException(
          "id: " + enrolee.id() + " has " + MOST + " credentials, remove one first");
    }
    FactoryCredentials.Prepared prepared =
        credentials.prepare(store, wanted, new Names(enrolee.nodeId(), enrolee.entity()));
    store.enrolees().addFurther(enrolee.entity(), prepared.credential());
    credentials.add(store, enrolee, prepared);
    Attributes detail =
        Attributes.builder()
            .put("enrolee", enrolee.id().toString())
            .put("method", method.text())
            .put("fingerprint", prepared.credential().fingerprint())
            .build();
    store
        .audit()
        .record(
            actor,
            AuditAction.ENROLEE_CREDENTIAL_ADDED,
            prepared.credential().id().toString(),
            detail);
    return new Added(enrolee, prepared.credential(), prepared.key());
  }

  private static void requireStanding(Enrolee enrolee) {
    if (enrolee.isRevoked() || enrolee.isRetired()) {
      throw new InvalidEnroleeException(
          "id: " + enrolee.id() + " enrols no more, add the node anew");
    }
  }

  private static void requireEnrolling(Enrolee enrolee) {
    requireStanding(enrolee);
    if (enrolee.factoryKey().isPreProvisioned()) {
      throw new InvalidEnroleeException(
          "id: "
              + enrolee.id()
              + " is pre-provisioned and never comes to the MEF, add the node anew with a Kpm or a"
              + " certificate");
    }
  }

  /**
   * Takes one of several credentials from an enrolee: it opens no handshake any longer and its
   * sessions end; what it led to lives to its own end. If the enrolee was known by it, it is known
   * by the next one from then on.
   *
   * @param id any credential of the enrolee
   * @param removed the one to take away
   * @return the enrolee as it stands now, empty for an unknown one
   * @throws InvalidEnroleeException if it is none of the enrolee's, or the last that it can enrol
   *     with
   */
  public Optional<Enrolee> remove(
      EnroleeStore store, KeyIdentifier id, KeyIdentifier removed, String actor) {
    return enrolee(store, id)
        .map(enrolee -> removed(store, enrolee, provider.canonical(removed), actor));
  }

  private Enrolee removed(
      EnroleeStore store, Enrolee enrolee, KeyIdentifier identity, String actor) {
    requireEnrolling(enrolee);
    FactoryCredential gone =
        store.enrolees().credentialsOf(enrolee).stream()
            .filter(one -> one.id().equals(identity))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidEnroleeException(
                        "credential: name one that 'enrolee show' lists for " + enrolee.id()));
    List<FactoryCredential> others = others(store, enrolee, gone);
    if (others.isEmpty()) {
      throw new InvalidEnroleeException(
          "credential: "
              + identity
              + " is the last that the node can enrol with; revoke or retire the enrolee, or add"
              + " another credential first");
    }
    Enrolee left = enrolee;
    if (enrolee.id().equals(gone.id())) {
      left = enrolee.withFirst(others.get(0));
      store.enrolees().removeFurther(enrolee.entity(), left.id());
      store.enrolees().setFirst(enrolee.id(), left);
    } else {
      store.enrolees().removeFurther(enrolee.entity(), gone.id());
    }
    credentials.remove(store, gone);
    Attributes detail = Attributes.builder().put("enrolee", left.id().toString()).build();
    store
        .audit()
        .record(actor, AuditAction.ENROLEE_CREDENTIAL_REMOVED, gone.id().toString(), detail);
    return left;
  }

  /** Those besides one with which the node may enrol, at the latest once it is subscribed again. */
  private List<FactoryCredential> others(
      EnroleeStore store, Enrolee enrolee, FactoryCredential one) {
    return store.enrolees().credentialsOf(enrolee).stream()
        .filter(other -> !other.id().equals(one.id()))
        .filter(other -> store.now().isBefore(other.expiresAt()))
        .filter(other -> methods.takes(enrolee, other))
        .filter(
            other ->
                store
                    .credentials()
                    .find(other.id())
                    .filter(known -> known.status() == Credential.Status.CURRENT)
                    .isPresent())
        .toList();
  }

  /** Whether the enrolee that has this credential from the factory can enrol with another, too. */
  public boolean isOneOfSeveral(EnroleeStore store, KeyIdentifier identity) {
    return store
        .enrolees()
        .find(identity)
        .filter(
            enrolee ->
                store.enrolees().credentialsOf(enrolee).stream()
                    .filter(one -> one.id().equals(identity))
                    .anyMatch(one -> !others(store, enrolee, one).isEmpty()))
        .isPresent();
  }

  /**
   * Revokes one of several credentials as compromised, with all that it led to; the enrolee goes on
   * with the others.
   */
  public void revoke(EnroleeStore store, KeyIdentifier identity, String reason, String actor) {
    credentials.revoke(store, known(store, identity), reason, actor);
  }

  /** Retires one of several credentials; what it led to lives to its own end. */
  public void retire(EnroleeStore store, KeyIdentifier identity, String reason, String actor) {
    credentials.retire(store, known(store, identity), reason, actor);
  }

  private static FactoryCredential known(EnroleeStore store, KeyIdentifier identity) {
    return store.enrolees().factoryCredential(identity).orElseThrow();
  }

  /**
   * Gives an enrolee another Kpm under another KpmId, for identifiers are never used again. The
   * earlier one is gone at once, with its sessions; the enrolment it led to goes on.
   *
   * @param id the KpmId, or another credential of an enrolee that has one Kpm
   * @param wanted the Kpm; its end is that of the earlier one
   * @return empty for an unknown enrolee
   * @throws InvalidEnroleeException if there is not one Kpm that is meant or it was revoked, or a
   *     value does not fit
   */
  public Optional<Added> rekey(
      EnroleeStore store, KeyIdentifier id, NewCredential.Builder wanted, String actor) {
    return enrolee(store, id)
        .map(enrolee -> rekeyed(store, enrolee, provider.canonical(id), wanted, actor));
  }

  private Added rekeyed(
      EnroleeStore store,
      Enrolee enrolee,
      KeyIdentifier id,
      NewCredential.Builder wanted,
      String actor) {
    requireStanding(enrolee);
    FactoryCredential earlier = replaceable(store, enrolee, id);
    FactoryCredentials.Prepared prepared =
        credentials.prepare(
            store,
            wanted.factoryKey(FactoryKey.KPM).expiresAt(earlier.expiresAt()).build(),
            new Names(enrolee.nodeId(), enrolee.entity()));
    Enrolee left = enrolee;
    if (enrolee.id().equals(earlier.id())) {
      left = enrolee.withFirst(prepared.credential());
      store.enrolees().setFirst(enrolee.id(), left);
    } else {
      store.enrolees().removeFurther(enrolee.entity(), earlier.id());
      store.enrolees().addFurther(enrolee.entity(), prepared.credential());
    }
    credentials.add(store, left, prepared);
    credentials.remove(store, earlier);
    Attributes detail =
        Attributes.builder()
            .put("earlier", earlier.id().toString())
            .put(FactoryKey.KPM.text(), prepared.credential().fingerprint())
            .build();
    store
        .audit()
        .record(actor, AuditAction.ENROLEE_REKEYED, prepared.credential().id().toString(), detail);
    return new Added(left, prepared.credential(), prepared.key());
  }

  private static FactoryCredential replaceable(
      EnroleeStore store, Enrolee enrolee, KeyIdentifier id) {
    List<FactoryCredential> keys =
        store.enrolees().credentialsOf(enrolee).stream()
            .filter(one -> one.factoryKey() == FactoryKey.KPM)
            .toList();
    if (keys.isEmpty()) {
      throw new InvalidEnroleeException(
          "id: " + enrolee.id() + " is of no Kpm; revoke it and add the node anew");
    }
    return keys.stream()
        .filter(one -> keys.size() == 1 || one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidEnroleeException(
                    "id: " + enrolee.id() + " has several Kpm, name the one to replace"));
  }

  private Optional<Enrolee> enrolee(EnroleeStore store, KeyIdentifier id) {
    return store.enrolees().find(provider.canonical(id));
  }
}
