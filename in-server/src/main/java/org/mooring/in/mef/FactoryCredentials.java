// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.hss.Subscriber;
import org.mooring.in.mef.NodeNames.Names;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;

/**
 * Puts the credentials that nodes have from the factory into the index, with their keys, and takes
 * them out again.
 */
final class FactoryCredentials {
  private static final int WEAK_BELOW_OCTETS = 16;
  private static final SequenceNumber NO_NUMBER_USED = new SequenceNumber(0);

  private final ServiceProvider provider;
  private final Generations generations;
  private final SecureRandom random = new SecureRandom();

  FactoryCredentials(ServiceProvider provider, Generations generations) {
    this.provider = provider;
    this.generations = generations;
  }

  /**
   * A credential that fits and whose identity is free.
   *
   * @param proof what the server holds a handshake against
   * @param key where its key came from
   */
  record Prepared(FactoryCredential credential, Proof proof, Enrolees.Key key) {}

  /** What the server holds a handshake against. */
  sealed interface Proof {
    record Shared(SecretKeyBytes key) implements Proof {}

    /** The key goes to the HSS; the credential says that the IMPI may bootstrap. */
    record Subscription(SubscriberKey key) implements Proof {}

    /** The key is an operator's, whose BSF is asked. */
    record OperatorsSubscription() implements Proof {}

    /**
     * What the node shows is all there is to know it by: that gives the credential its identity.
     */
    record Shown(String relativeId) implements Proof {}
  }

  /**
   * Holds a wanted credential against what there is.
   *
   * @param names of the node that is to have it
   * @throws InvalidEnroleeException if a field does not fit or the id is taken
   */
  Prepared prepare(EnroleeStore store, NewCredential wanted, Names names) {
    if (!wanted.expiresAt().isAfter(store.now())) {
      throw new InvalidEnroleeException("expires: give a time in the future");
    }
    return switch (wanted.factoryKey()) {
      case KPM, KM, KPSA -> withKey(store, wanted);
      case USIM -> withSubscription(store, wanted);
      case CERTIFICATE, PUBLIC_KEY -> withoutKey(store, wanted, names);
    };
  }

  private Prepared withKey(EnroleeStore store, NewCredential wanted) {
    FactoryKey kind = wanted.factoryKey();
    Optional<SecretKeyBytes> given = wanted.key();
    given.ifPresent(key -> requireStrength(kind, key, wanted.allowsWeakKey()));
    SecretKeyBytes key = given.orElseGet(SecretKeyBytes::random);
    return new Prepared(
        credential(store, wanted, checkedId(store, wanted), key.fingerprint()),
        new Proof.Shared(key),
        given.isPresent() ? new Enrolees.Key.Given() : new Enrolees.Key.Generated(key));
  }

  private static void requireStrength(FactoryKey kind, SecretKeyBytes key, boolean weakAllowed) {
    if (key.length() < WEAK_BELOW_OCTETS && !weakAllowed) {
      throw new InvalidEnroleeException(
          kind.text()
              + ": give at least "
              + WEAK_BELOW_OCTETS
              + " octets, or start the server with --allow-weak-key");
    }
  }

  private Prepared withSubscription(EnroleeStore store, NewCredential wanted) {
    Optional<Fqdn> bsf = wanted.operatorBsf();
    return bsf.isPresent()
        ? withOperatorsSubscription(store, wanted, bsf.get())
        : withOwnSubscription(store, wanted);
  }

  private Prepared withOperatorsSubscription(EnroleeStore store, NewCredential wanted, Fqdn bsf) {
    if (wanted.key().isPresent() || wanted.id().isEmpty()) {
      throw new InvalidEnroleeException(
          "bsf: give the impi and no key, the operator of the BSF has it");
    }
    if (provider.isNameOfFunction(bsf) || bsf.value().indexOf('.') < 0) {
      throw new InvalidEnroleeException("bsf: write the FQDN of the operator's BSF");
    }
    return new Prepared(
        credential(store, wanted, checkedImpi(store, wanted), bsf.value()),
        new Proof.OperatorsSubscription(),
        new Enrolees.Key.Given());
  }

  private KeyIdentifier checkedImpi(EnroleeStore store, NewCredential wanted) {
    KeyIdentifier id = checkedId(store, wanted);
    if (provider.isNameOfFunction(id.issuer())) {
      throw new InvalidEnroleeException("impi: write user@realm with the operator's realm");
    }
    return id;
  }

  private Prepared withOwnSubscription(EnroleeStore store, NewCredential wanted) {
    SecretKeyBytes joined = wanted.key().orElseGet(SecretKeyBytes::random);
    SubscriberKey key = subscriberKey(joined);
    KeyIdentifier id = checkedImpi(store, wanted);
    return new Prepared(
        credential(store, wanted, id, key.k().fingerprint()),
        new Proof.Subscription(key),
        wanted.key().isPresent() ? new Enrolees.Key.Given() : new Enrolees.Key.Generated(joined));
  }

  private static SubscriberKey subscriberKey(SecretKeyBytes joined) {
    try {
      return SubscriberKey.of(joined);
    } catch (IllegalArgumentException e) {
      throw new InvalidEnroleeException("usimK: give 16 octets, and as many with usimOpc");
    }
  }

  private Prepared withoutKey(EnroleeStore store, NewCredential wanted, Names names) {
    FactoryKey kind = wanted.factoryKey();
    String relativeId;
    String known;
    if (kind == FactoryKey.PUBLIC_KEY) {
      PublicKeyId key =
          wanted
              .publicKey()
              .orElseThrow(
                  () -> new InvalidEnroleeException("publicKey: give the node's public key"));
      relativeId = key.relativeId();
      known = key.toString();
    } else {
      CertificateName name = certificateName(wanted, names);
      relativeId = name.relativeId();
      known = name.text();
    }
    KeyIdentifier id =
        requireUnused(store, kind, new KeyIdentifier(relativeId, kind.issuer(provider)));
    return new Prepared(
        credential(store, wanted, id, known),
        new Proof.Shown(relativeId),
        new Enrolees.Key.Given());
  }

  private CertificateName certificateName(NewCredential wanted, Names names) {
    boolean isOfAe = names.entity() instanceof AeId;
    CertificateKind kind =
        wanted.certificate().orElse(isOfAe ? CertificateKind.AE_ID : CertificateKind.CSE_ID);
    if (wanted.deviceId().isPresent() != (kind == CertificateKind.DEVICE)) {
      throw new InvalidEnroleeException("deviceId: give it with certificate device, and only then");
    }
    return switch (kind) {
      case CSE_ID, AE_ID -> {
        if ((kind == CertificateKind.AE_ID) != isOfAe) {
          throw new InvalidEnroleeException(
              "certificate: cse-id is for a node with a CSE-ID, ae-id for one with an AE-ID");
        }
        yield CertificateName.of(names.entity(), provider.sp());
      }
      case NODE_ID -> new CertificateName.OfNode(names.nodeId());
      case DEVICE -> new CertificateName.OfDevice(wanted.deviceId().orElseThrow());
    };
  }

  private static FactoryCredential credential(
      EnroleeStore store, NewCredential wanted, KeyIdentifier id, String fingerprint) {
    return new FactoryCredential(
        id, wanted.factoryKey(), fingerprint, wanted.expiresAt(), store.now());
  }

  private KeyIdentifier checkedId(EnroleeStore store, NewCredential wanted) {
    FactoryKey kind = wanted.factoryKey();
    if (wanted.id().isEmpty()) {
      return randomId(kind);
    }
    KeyIdentifier id = provider.canonical(wanted.id().get());
    if (!kind.takesAnyIssuer() && !id.issuer().equals(kind.issuer(provider))) {
      throw new InvalidEnroleeException(kind.idText() + ": write NAME@" + kind.issuer(provider));
    }
    return requireUnused(store, kind, id);
  }

  private static KeyIdentifier requireUnused(
      EnroleeStore store, FactoryKey kind, KeyIdentifier id) {
    if (store.credentials().find(id).isPresent() || store.keyRegistrations().find(id).isPresent()) {
      throw new InvalidEnroleeException(
          kind.idText() + ": " + id + " was used before, choose another");
    }
    return id;
  }

  private KeyIdentifier randomId(FactoryKey kind) {
    byte[] octets = new byte[RelativeKeyId.OCTETS];
    random.nextBytes(octets);
    return RelativeKeyId.of(octets).at(kind.issuer(provider));
  }

  /** Puts a prepared credential of an enrolee into the index. It ends with the subscription. */
  void add(EnroleeStore store, Enrolee enrolee, Prepared prepared) {
    FactoryCredential credential = prepared.credential();
    Credential root = root(enrolee, credential);
    if (prepared.proof() instanceof Proof.Shared shared) {
      store.credentials().add(root, shared.key());
    } else {
      store.credentials().add(root);
    }
    if (prepared.proof() instanceof Proof.Subscription subscription) {
      store
          .subscribers()
          .add(new Subscriber(new Impi(credential.id()), subscription.key(), NO_NUMBER_USED));
      subscription.key().destroy();
    }
    if (prepared.proof() instanceof Proof.Shown shown) {
      Credential mine = root.ending(credential.opensUntil(enrolee.subscribedUntil()));
      store.credentials().add(shownTo(FunctionRole.MAF, provider.maf(), mine, shown));
      store.credentials().add(shownTo(FunctionRole.CSE, provider.cseFqdn(), mine, shown));
    }
    // Its row is kept to its own end, for the subscription may be extended.
    if (enrolee.subscribedUntil().isBefore(credential.expiresAt())) {
      store.credentials().setExpiry(credential.id(), enrolee.subscribedUntil());
    }
  }

  private Credential root(Enrolee enrolee, FactoryCredential credential) {
    return new Credential(
        credential.id(),
        credential.factoryKey().kind(),
        credential.factoryKey().role(),
        enrolee.entity().absolute(provider.sp()),
        credential.id(),
        enrolee.entity().absolute(provider.sp()) + " factory " + credential.id(),
        Credential.Status.CURRENT,
        credential.expiresAt());
  }

  /**
   * The same toward another function (TS-0003 clauses 8.2.2.2, 8.8.3.1): it ends with the first.
   */
  private static Credential shownTo(
      FunctionRole role, Fqdn function, Credential root, Proof.Shown shown) {
    return new Credential(
        new KeyIdentifier(shown.relativeId(), function),
        root.kind(),
        role,
        root.client(),
        root.identity(),
        root.group() + " " + role.text(),
        Credential.Status.CURRENT,
        root.expiresAt());
  }

  /**
   * Takes a credential out, with its sessions and with what proves the node as it does. The keys
   * that it led to live to their own ends.
   */
  void remove(EnroleeStore store, FactoryCredential credential) {
    asGoodAs(store, credential).forEach(proof -> generations.remove(store, proof));
    generations.remove(store, credential.id());
    forgetSubscriber(store, credential);
  }

  /** Revokes one credential with all that it led to. */
  void revoke(EnroleeStore store, FactoryCredential credential, String reason, String actor) {
    generations.revoke(store, credential.id(), reason, actor);
    forgetSubscriber(store, credential);
  }

  /** Has it, and what proves the node as it does, open no session any longer. */
  void retire(EnroleeStore store, FactoryCredential credential, String reason, String actor) {
    generations.retire(store, credential.id(), reason, actor);
    asGoodAs(store, credential).forEach(proof -> generations.retire(store, proof, reason, actor));
  }

  /**
   * What came of a credential and lets the node enrol as well: it toward other functions, a
   * certificate that was issued under it, a Ks.
   */
  private static List<KeyIdentifier> asGoodAs(EnroleeStore store, FactoryCredential credential) {
    return store.credentials().derivedFrom(credential.id()).stream()
        .filter(derived -> MethodCheck.methodOf(derived).isPresent())
        .map(Credential::identity)
        .toList();
  }

  /** The HSS knows a USIM's subscription no longer. */
  static void forgetSubscriber(EnroleeStore store, FactoryCredential credential) {
    if (credential.factoryKey() == FactoryKey.USIM) {
      store.subscribers().remove(new Impi(credential.id()));
    }
  }
}
