// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.EnroleeStore;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.pki.CertificationRequest;
import org.mooring.in.provider.ServiceProvider;

/**
 * Simple enrolment and re-enrolment (RFC 7030 clauses 4.2.1 and 4.2.2, TS-0003 clause 8.3.6.2): in
 * a first transaction it is decided whether and what, then the CA signs, and a second transaction
 * records it, with the credential by which the certificate opens sessions.
 */
public final class CertificateEnrolment {
  private final ServiceProvider provider;
  private final Generations generations;
  private final CertificateAuthority authority;
  private final Duration lifetime;

  /**
   * @param lifetime the longest of a certificate; one ends no later than the CA's, the node's
   *     enrolment and its bootstrapping
   */
  public CertificateEnrolment(
      ServiceProvider provider,
      Generations generations,
      CertificateAuthority authority,
      Duration lifetime) {
    this.provider = provider;
    this.generations = generations;
    this.authority = authority;
    this.lifetime = lifetime;
  }

  /**
   * What a node asks for.
   *
   * @param csr its request, whose signature holds
   * @param renews the certificate that its session was opened with and is to be renewed; empty in a
   *     simple enrolment
   */
  public record Order(CertificationRequest csr, Optional<X509Certificate> renews) {}

  /** What is to be signed. */
  public record Grant(Order order, Name name, Duration lifetime) {}

  /**
   * A name of a node as a certificate bears it.
   *
   * @param subject for the CA
   * @param known for those who are shown the certificate
   */
  public record Name(CertificateSubject subject, CertificateName known) {}

  /**
   * Decides on a request.
   *
   * @throws EstRefusedException with the reason
   */
  public Grant grant(EnroleeStore store, SecurityPrincipal.Enrolee client, Order order) {
    Credential session = requireAlive(store, client);
    Enrolee enrolee = enroleeOf(store, client);
    Name name =
        names(enrolee, client)
            .filter(one -> order.csr().fits(one.subject()))
            .filter(one -> order.renews().map(shown -> bears(shown, one)).orElse(true))
            .findFirst()
            .orElseThrow(EstRefusal.ANOTHER_NAME::asException);
    FactoryCredential root = bootstrappedBy(store, enrolee, session);
    Optional<Credential> present = store.credentials().find(identityOf(name));
    requireNotRevoked(present);
    requireOfOneRoot(present, root);
    Instant end = root.expiresAt();
    return new Grant(order, name, lifetimeFor(enrolee, end, store.now()));
  }

  private static Enrolee enroleeOf(EnroleeStore store, SecurityPrincipal.Enrolee client) {
    return store
        .enrolees()
        .ofClient(client.client())
        .filter(enrolee -> !enrolee.isRevoked())
        .orElseThrow(EstRefusal.CREDENTIAL_ENDED::asException);
  }

  private static Credential requireAlive(EnroleeStore store, SecurityPrincipal.Enrolee client) {
    return store
        .credentials()
        .find(client.credential())
        .filter(credential -> credential.keepsSessionAt(store.now()))
        .orElseThrow(EstRefusal.CREDENTIAL_ENDED::asException);
  }

  /** The node's names; where the request leaves it open, that of its session comes first. */
  private Stream<Name> names(Enrolee enrolee, SecurityPrincipal.Enrolee client) {
    Name ofEntity =
        new Name(
            CertificateSubject.of(enrolee.entity(), provider.sp()),
            CertificateName.of(enrolee.entity(), provider.sp()));
    Name ofNode =
        new Name(
            new CertificateSubject.Node(enrolee.nodeId()),
            new CertificateName.OfNode(enrolee.nodeId()));
    return client.credential().equals(identityOf(ofNode))
        ? Stream.of(ofNode, ofEntity)
        : Stream.of(ofEntity, ofNode);
  }

  private static boolean bears(X509Certificate shown, Name name) {
    try {
      return CertificateName.of(shown).equals(List.of(name.known()));
    } catch (CertificateRefusedException e) {
      return false;
    }
  }

  /** A name whose credential is gone opens no session, whatever certificate bears it. */
  private static void requireNotRevoked(Optional<Credential> present) {
    if (present
        .filter(
            one ->
                one.status() == Credential.Status.REVOKED
                    || one.status() == Credential.Status.REMOVED)
        .isPresent()) {
      throw EstRefusal.NAME_REVOKED.asException();
    }
  }

  /**
   * Certificates of one name share a credential: one that goes back to another of the node's
   * credentials would outlive its revocation, and would not end with the one it came from.
   */
  private static void requireOfOneRoot(Optional<Credential> present, FactoryCredential root) {
    if (present.filter(one -> !one.parent().equals(root.id())).isPresent()) {
      throw EstRefusal.NAME_OF_ANOTHER_CREDENTIAL.asException();
    }
  }

  private KeyIdentifier identityOf(Name name) {
    return new KeyIdentifier(name.known().relativeId(), provider.mef());
  }

  /** What the node came with and had its session in the end authenticated by. */
  private static FactoryCredential bootstrappedBy(
      EnroleeStore store, Enrolee enrolee, Credential session) {
    return store.enrolees().credentialsOf(enrolee).stream()
        .filter(one -> one.id().equals(session.parent()))
        .findFirst()
        .orElseThrow(EstRefusal.CREDENTIAL_ENDED::asException);
  }

  private Duration lifetimeFor(Enrolee enrolee, Instant endOfBootstrapping, Instant now) {
    return Stream.of(
            lifetime,
            enrolee.enrolmentLifetime(),
            provider.lifetimes().enrolment(),
            Duration.between(now, endOfBootstrapping))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /**
   * Has the CA sign. It waits for the disk and for other processes at the same CA.
   *
   * @throws EstRefusedException NOT_RENEWABLE if the certificate to be renewed was revoked or is of
   *     another CA
   * @throws org.mooring.in.pki.PkiException if the CA can not be used
   */
  public X509Certificate sign(Grant grant) {
    grant.order().renews().ifPresent(this::requireRenewable);
    return authority
        .issue(grant.name().subject(), grant.order().csr().key(), grant.lifetime())
        .certificate();
  }

  private void requireRenewable(X509Certificate shown) {
    boolean isGood =
        authority.standing(shown).filter(standing -> standing.revoked().isEmpty()).isPresent();
    if (!isGood) {
      throw EstRefusal.NOT_RENEWABLE.asException();
    }
  }

  /**
   * Records what was signed. The node's certificates of one name share a credential, which ends
   * with bootstrapping; that each has an end of its own shows in the handshake.
   *
   * @throws EstRefusedException if the node or the name was revoked meanwhile: then the certificate
   *     opens no session
   */
  public void record(
      EnroleeStore store, SecurityPrincipal.Enrolee client, Grant grant, X509Certificate issued) {
    Credential session = requireAlive(store, client);
    Enrolee enrolee = enroleeOf(store, client);
    KeyIdentifier identity = identityOf(grant.name());
    Optional<Credential> present = store.credentials().find(identity);
    FactoryCredential root = bootstrappedBy(store, enrolee, session);
    requireNotRevoked(present);
    requireOfOneRoot(present, root);
    if (present.isEmpty()) {
      store.credentials().add(credential(identity, root, client));
    }
    generations.accepted(store, session);
    store
        .audit()
        .record(
            client.credential().toString(),
            AuditAction.CERTIFICATE_ISSUED,
            identity.toString(),
            Attributes.builder()
                .put("name", grant.name().known().text())
                .put("serial", issued.getSerialNumber().toString(16))
                .put("expires", issued.getNotAfter().toInstant().toString())
                .put("renewal", grant.order().renews().isPresent())
                .build());
  }

  /** In a line of generations of its own: a node may use certificates of both its names. */
  private static Credential credential(
      KeyIdentifier identity, FactoryCredential root, SecurityPrincipal.Enrolee client) {
    return new Credential(
        identity,
        Credential.Kind.CERTIFICATE,
        client.role(),
        client.client(),
        root.id(),
        client.client() + " certificate " + identity.relative(),
        Credential.Status.PENDING,
        root.expiresAt());
  }
}
