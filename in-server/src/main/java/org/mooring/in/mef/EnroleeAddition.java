// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.mef.NodeNames.Names;
import org.mooring.in.provider.ServiceProvider;

/** Adds an enrolee with the credential that it has from the factory. */
final class EnroleeAddition {
  /** What can also stand as a label in a domain name. */
  private static final Pattern CSE_ID_STEM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** AEs that share one credential with its own: as many as one node may well run. */
  private static final int MOST_SHARING = 99;

  private final ServiceProvider provider;
  private final FactoryCredentials credentials;
  private final NodeNames nodeNames;
  private final EnroleeMethods methods;

  EnroleeAddition(
      ServiceProvider provider,
      FactoryCredentials credentials,
      NodeNames nodeNames,
      EnroleeMethods methods) {
    this.provider = provider;
    this.credentials = credentials;
    this.nodeNames = nodeNames;
    this.methods = methods;
  }

  /**
   * @throws InvalidEnroleeException if a field does not fit or an id is taken
   */
  Enrolees.Added add(EnroleeStore store, NewEnrolee wanted, String actor) {
    methods.requireTaken(wanted.credential().factoryKey(), wanted.minMethod());
    requireWithoutCse(wanted);
    Names names = names(store, wanted);
    FactoryCredentials.Prepared prepared = credentials.prepare(store, wanted.credential(), names);
    Enrolee enrolee = enrolee(store, wanted, names, prepared.credential());
    store.enrolees().add(enrolee);
    credentials.add(store, enrolee, prepared);
    List<AeId> sharing = sharing(store, enrolee, wanted.sharing());
    record(store, enrolee, sharing, actor);
    store.impliedRules().enrolled(enrolee.subscribed(provider, sharing), actor);
    return new Enrolees.Added(enrolee, prepared.credential(), prepared.key());
  }

  private Names names(EnroleeStore store, NewEnrolee wanted) {
    return new Names(
        wanted.nodeId().map(id -> checkedNodeId(store, id)).orElseGet(NodeNames::randomNodeId),
        wanted
            .entity()
            .map(id -> checkedEntity(store, id))
            .orElseGet(() -> nodeNames.unusedCseId(store)));
  }

  /** The applications of a node with a CSE register with that, and prove tokens. */
  private static void requireWithoutCse(NewEnrolee wanted) {
    boolean isAe = wanted.entity().filter(AeId.class::isInstance).isPresent();
    if (wanted.application().isPresent() && !isAe) {
      throw new InvalidEnroleeException("app: give it with aei alone");
    }
  }

  private static NodeId checkedNodeId(EnroleeStore store, NodeId id) {
    if (store.enrolees().findByNode(id).isPresent()) {
      throw new InvalidEnroleeException(
          "nodeId: " + id + " belongs to another enrolee, choose another");
    }
    return id;
  }

  /** Has other AEs on the node share its credentials. */
  private List<AeId> sharing(EnroleeStore store, Enrolee enrolee, List<AeId> others) {
    if (!others.isEmpty() && !(enrolee.entity() instanceof AeId)) {
      throw new InvalidEnroleeException(
          "aei: name several for a node without a CSE alone; AEs below a CSE register with that");
    }
    if (others.size() > MOST_SHARING) {
      throw new InvalidEnroleeException(
          "aei: name " + (MOST_SHARING + 1) + " at most for one credential");
    }
    for (AeId other : others) {
      store.enrolees().addSharing(enrolee.entity(), (AeId) checkedEntity(store, other));
    }
    return others;
  }

  private EntityId checkedEntity(EnroleeStore store, EntityId id) {
    if (id instanceof CseId cse) {
      requireFit(cse);
    } else if (id instanceof AeId ae) {
      requireFit(ae);
    }
    if (isTaken(store, id.spRelative())) {
      throw new InvalidEnroleeException(
          ClientConfiguration.memberOf(id)
              + ": "
              + id
              + " belongs to another enrolee, choose another");
    }
    if (id instanceof CseId cse) {
      requireFreeName(store, cse);
    }
    return id.spRelative();
  }

  private static boolean isTaken(EnroleeStore store, EntityId id) {
    return store.enrolees().findByEntity(id).isPresent()
        || (id instanceof AeId ae && store.enrolees().sharedBy(ae).isPresent());
  }

  /** It registers under its stem and no other name: better to say so now than to the node. */
  private static void requireFreeName(EnroleeStore store, CseId id) {
    Optional<String> taken = store.addressNamedAs(id);
    if (taken.isPresent()) {
      throw new InvalidEnroleeException(
          "csi: "
              + id
              + " could not register, since "
              + taken.get()
              + " has its name; choose another, or add it once that is deleted or has expired");
    }
  }

  /** One that its registrar assigns would be of no use before the registration. */
  private static void requireFit(AeId id) {
    if (id.isAbsolute() || id.isAssignedByCse() || id.isLoneLetter()) {
      throw new InvalidEnroleeException(
          "aei: write '/S' and then letters, digits, '-', '.' or '_', one at least");
    }
  }

  private void requireFit(CseId id) {
    if (id.isAbsolute() || !CSE_ID_STEM.matcher(id.stem()).matches()) {
      throw new InvalidEnroleeException(
          "csi: write '/' and up to 63 lower case letters, digits or '-' ('-' in between only)");
    }
    if (provider.isNameOfFunction(id.fqdn(provider.sp()))) {
      throw new InvalidEnroleeException(
          "csi: " + id + " has the domain name of a function, choose another");
    }
    if (id.isSameAs(provider.cse(), provider.sp())) {
      throw new InvalidEnroleeException("csi: " + id + " belongs to another CSE, choose another");
    }
  }

  private Enrolee enrolee(
      EnroleeStore store, NewEnrolee wanted, Names names, FactoryCredential first) {
    Enrolee enrolee =
        new Enrolee(
            first.id(),
            first.factoryKey(),
            first.fingerprint(),
            first.expiresAt(),
            names.nodeId(),
            names.entity(),
            checkedPath(first.factoryKey(), wanted.path()),
            wanted.enrolmentLifetime().orElse(provider.lifetimes().enrolment()),
            wanted.subscribedUntil().truncatedTo(ChronoUnit.SECONDS),
            new Enrolee.Standing.Active(),
            wanted.minMethod(),
            wanted.registrar().map(other -> checkedRegistrar(names.entity(), other)),
            wanted.application(),
            store.now());
    requireSensibleTimes(store, enrolee);
    return enrolee;
  }

  /** Its domain form names it in handshakes, so it has to fit as a CSE-ID that is given here. */
  private Registrar checkedRegistrar(EntityId registree, Registrar registrar) {
    CseId cse = registrar.cse();
    if (cse.isAbsolute() || !CSE_ID_STEM.matcher(cse.stem()).matches()) {
      throw new InvalidEnroleeException(
          "registrar: write '/' and the CSE-ID of another CSE of this provider, in lower case");
    }
    if (cse.isSameAs(provider.cse(), provider.sp())) {
      throw new InvalidEnroleeException(
          "registrar: leave it out for a node that registers with this CSE");
    }
    if (cse.equals(registree)) {
      throw new InvalidEnroleeException(
          "registrar: " + cse + " is the node itself, name the CSE that it registers with");
    }
    return registrar;
  }

  private static EnrolmentPath checkedPath(FactoryKey kind, Optional<EnrolmentPath> wanted) {
    EnrolmentPath usual = kind.path().orElse(EnrolmentPath.MAF);
    EnrolmentPath path = wanted.orElse(usual);
    if (kind.isPreProvisioned() && path != usual) {
      throw new InvalidEnroleeException(
          "path: a node with a " + kind.text() + " takes " + usual.text() + ", leave it out");
    }
    return path;
  }

  private static void requireSensibleTimes(EnroleeStore store, Enrolee enrolee) {
    if (enrolee.isEndedAt(store.now())) {
      throw new InvalidEnroleeException("until: give a time in the future");
    }
    if (enrolee.enrolmentLifetime().toSeconds() < 1) {
      throw new InvalidEnroleeException("enrolment lifetime: give at least one second");
    }
  }

  private static void record(
      EnroleeStore store, Enrolee enrolee, List<AeId> sharing, String actor) {
    Attributes.Builder detail =
        Attributes.builder()
            .put(enrolee.entity() instanceof AeId ? "ae" : "cse", enrolee.entity().value())
            .put("node", enrolee.nodeId().value())
            .put("path", enrolee.path().text())
            .put(enrolee.factoryKey().text(), enrolee.fingerprint())
            .put("until", enrolee.subscribedUntil());
    enrolee.minMethod().ifPresent(least -> detail.put("minMethod", least.text()));
    enrolee.registrar().ifPresent(other -> detail.put("registrar", other.cse().value()));
    if (!sharing.isEmpty()) {
      detail.put("sharedBy", sharing.stream().map(AeId::value).toList());
    }
    enrolee.application().ifPresent(app -> detail.put("app", app.value()));
    store.audit().record(actor, AuditAction.ENROLEE_ADDED, enrolee.id().toString(), detail.build());
  }
}
