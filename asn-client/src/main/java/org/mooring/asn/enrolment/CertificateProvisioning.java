// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.CertificateKey;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.certificate.CertsOnly;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.certificate.EstMedia;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.primitive.Failures;

/**
 * Certificate provisioning by EST over CoAP (TS-0003 clause 8.3.6.2, RFC 9148), in a session with
 * the MEF: the CAs to trust, what the server wants in requests, then the request for a key that the
 * node made and stored before. What comes is stored as the next certificate, beside the one in use.
 *
 * <p>Every stage fails with {@link EstRefusedException} where the server refuses, with {@link
 * BadAnswerException} where its answer is of no use, and as {@link Exchange#exchange}.
 */
public final class CertificateProvisioning {
  private static final int NOT_FOUND = 404;
  private static final String CURVE = "secp256r1";

  private final StateKeeper keeper;
  private final ServerClock clock;

  public CertificateProvisioning(StateKeeper keeper, ServerClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param root the path below which the server offers EST, such as {@link EstMedia#WELL_KNOWN}
   * @param name one of the node's own
   * @param renewal whether the session was opened with the certificate that is to be renewed
   */
  public record Order(List<String> root, CertificateName name, boolean renewal) {
    public Order {
      root = List.copyOf(root);
    }

    /** At the path where every server offers EST. */
    public static Order wellKnown(CertificateName name, boolean renewal) {
      return new Order(EstMedia.WELL_KNOWN, name, renewal);
    }
  }

  /**
   * Has a certificate issued.
   *
   * @param mef the exchange with the MEF
   * @param session its session, to which the request is tied
   */
  public CompletionStage<NodeState> run(Exchange mef, SecureSession session, Order order) {
    return trusted(mef, order)
        .thenCompose(
            trusted ->
                requireSatisfiable(mef, order)
                    .thenCompose(satisfiable -> enrol(mef, session, order))
                    .thenApply(answer -> keep(answer, order, trusted)))
        .whenComplete((state, failure) -> postponeAfter(failure));
  }

  private static CompletionStage<List<X509Certificate>> trusted(Exchange mef, Order order) {
    return get(mef, order, EstMedia.CA_CERTIFICATES, EstMedia.CERTS_ONLY)
        .thenApply(answer -> certificates(required(answer)));
  }

  private static CompletionStage<Boolean> requireSatisfiable(Exchange mef, Order order) {
    return get(mef, order, EstMedia.ATTRIBUTES, EstMedia.CSR_ATTRIBUTES)
        .thenApply(
            answer -> {
              if (answer.coapCode() != NOT_FOUND) {
                WantedAttributes.requireSatisfiable(required(answer).content());
              }
              return true;
            });
  }

  private static CompletionStage<BareResponse> get(
      Exchange mef, Order order, String operation, int accept) {
    return mef.exchange(BareRequest.get(path(order, operation), accept));
  }

  private CompletionStage<BareResponse> enrol(Exchange mef, SecureSession session, Order order) {
    CertificateKey key = storedKey();
    byte[] request =
        CertificationRequest.write(
            CertificateKeys.decode(key.key()),
            key.publicKey(),
            order.name(),
            Base64.getEncoder().encodeToString(session.channelBinding()));
    String operation = order.renewal() ? EstMedia.SIMPLE_RE_ENROL : EstMedia.SIMPLE_ENROL;
    return mef.exchange(
            BareRequest.post(path(order, operation), EstMedia.PKCS10, request, EstMedia.CERTS_ONLY))
        .thenApply(CertificateProvisioning::required);
  }

  private static List<String> path(Order order, String operation) {
    List<String> path = new ArrayList<>(order.root());
    path.add(operation);
    return path;
  }

  /** That of a request which may have been sent before, or a new one. */
  private CertificateKey storedKey() {
    Optional<CertificateKey> asked = keeper.state().certificates().requested();
    if (asked.isPresent()) {
      return asked.get();
    }
    CertificateKey made = newKey();
    keeper.update(
        state -> state.toBuilder().certificates(state.certificates().requesting(made)).build());
    return made;
  }

  private static CertificateKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = generator.generateKeyPair();
      return new CertificateKey(
          CertificateKeys.encode(pair.getPrivate()), pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CURVE + " is missing from this Java runtime", e);
    }
  }

  private static BareResponse required(BareResponse answer) {
    if (!answer.isSuccess()) {
      throw new EstRefusedException(answer);
    }
    return answer;
  }

  private static List<X509Certificate> certificates(BareResponse answer) {
    try {
      return CertsOnly.read(answer.content());
    } catch (IllegalArgumentException e) {
      throw new BadAnswerException("no certificates");
    }
  }

  private NodeState keep(BareResponse answer, Order order, List<X509Certificate> authorities) {
    List<X509Certificate> issued = certificates(answer);
    return keeper.update(
        state -> {
          CertificateKey key = state.certificates().requested().orElseThrow();
          List<X509Certificate> chain = chain(ofKey(issued, key), authorities);
          List<X509Certificate> roots =
              authorities.stream().filter(CertificateProvisioning::isRoot).toList();
          requireUsable(chain, roots, order.name(), clock.now(state));
          Instant end = chain.get(0).getNotAfter().toInstant();
          return state.toBuilder()
              .certificates(
                  state
                      .certificates()
                      .issued(
                          new IssuedCertificate(
                              key.key(), chain, roots, clock.leaseUntil(end, state), false)))
              .build();
        });
  }

  private static X509Certificate ofKey(List<X509Certificate> issued, CertificateKey key) {
    return issued.stream()
        .filter(one -> Arrays.equals(one.getPublicKey().getEncoded(), key.publicKey()))
        .findFirst()
        .orElseThrow(() -> new BadAnswerException("no certificate for the key that was sent"));
  }

  /** With the CAs between it and a root: the MEF may know the root alone. */
  private static List<X509Certificate> chain(
      X509Certificate own, List<X509Certificate> authorities) {
    List<X509Certificate> chain = new ArrayList<>(List.of(own));
    Optional<X509Certificate> issuer = issuerOf(own, authorities);
    while (issuer.isPresent() && !isRoot(issuer.get()) && !chain.contains(issuer.get())) {
      chain.add(issuer.get());
      issuer = issuerOf(issuer.get(), authorities);
    }
    return chain;
  }

  private static Optional<X509Certificate> issuerOf(
      X509Certificate certificate, List<X509Certificate> authorities) {
    return authorities.stream()
        .filter(one -> one.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        .findFirst();
  }

  private static boolean isRoot(X509Certificate authority) {
    return authority.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
  }

  private static void requireUsable(
      List<X509Certificate> chain, List<X509Certificate> roots, CertificateName name, Instant now) {
    try {
      new ChainCheck(roots, Optional::empty).requireClient(chain, now);
      if (!CertificateName.of(chain.get(0)).equals(List.of(name))) {
        throw new BadAnswerException("the certificate has another name than the one asked for");
      }
    } catch (CertificateRefusedException e) {
      throw new BadAnswerException(String.valueOf(e.getMessage()));
    }
  }

  /** What the server does not give now is asked for again later, and not at once. */
  private void postponeAfter(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    Throwable cause = Failures.causeOf(failure);
    if (cause instanceof EstRefusedException || cause instanceof BadAnswerException) {
      keeper.update(
          state ->
              state
                  .certificates()
                  .newest()
                  .map(held -> clock.leaseUntil(held.lease().expires(), state))
                  .map(
                      later ->
                          state.toBuilder()
                              .certificates(state.certificates().leased(later))
                              .build())
                  .orElse(state));
    }
  }
}
