// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertPath;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.elements.auth.AdditionalInfo;
import org.eclipse.californium.elements.auth.ExtensiblePrincipal;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.eclipse.californium.scandium.auth.ApplicationLevelInfoSupplier;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.primitive.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Scandium ask a {@link CertificateLookup}, as {@link PskLookup} does for keys, and has the
 * session bear the identity that it gave. Every refusal is the same alert, {@code bad_certificate};
 * the observer hears why.
 */
final class ClientCertificates
    implements NewAdvancedCertificateVerifier, ApplicationLevelInfoSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCertificates.class);
  private static final String IDENTITY = "identity";

  private final ServerCertificates certificates;
  private final SessionRegistry registry;
  private final Semaphore free;
  private volatile @Nullable HandshakeResultHandler results;

  /**
   * @param limit judgements under way at a time; one beyond it fails its handshake
   */
  ClientCertificates(ServerCertificates certificates, SessionRegistry registry, int limit) {
    this.certificates = certificates;
    this.registry = registry;
    this.free = new Semaphore(limit);
  }

  /** The identity of a client that was authenticated with a certificate. */
  static Optional<String> identityOf(@Nullable Principal principal) {
    return isOfCertificate(principal) && principal instanceof ExtensiblePrincipal<?> known
        ? Optional.ofNullable(known.getExtendedInfo().get(IDENTITY, String.class))
        : Optional.empty();
  }

  /** Whether a client was authenticated with a certificate or a raw public key. */
  static boolean isOfCertificate(@Nullable Principal principal) {
    return principal instanceof X509CertPath || principal instanceof RawPublicKeyIdentity;
  }

  /** What a client showed that was authenticated with a certificate. */
  static List<X509Certificate> chainOf(@Nullable Principal principal) {
    return principal instanceof X509CertPath path
        ? path.getPath().getCertificates().stream().map(X509Certificate.class::cast).toList()
        : List.of();
  }

  @Override
  public AdditionalInfo getInfo(Principal principal, @Nullable Object identity) {
    return identity == null
        ? AdditionalInfo.empty()
        : AdditionalInfo.from(Map.of(IDENTITY, identity));
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return List.of(CertificateType.X_509, CertificateType.RAW_PUBLIC_KEY);
  }

  @Override
  public List<X500Principal> getAcceptedIssuers() {
    return certificates.issuers().stream().map(X509Certificate::getSubjectX500Principal).toList();
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    results = handler;
  }

  @Override
  public @Nullable CertificateVerificationResult verifyCertificate(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      InetSocketAddress peer,
      boolean clientUsage,
      boolean verifySubject,
      boolean truncateCertificatePath,
      CertificateMessage message) {
    Optional<Handshaker> handshake = registry.handshakeOn(connection);
    Optional<CertificateLookup.Shown> shown = shown(message);
    Attempt attempt = new Attempt(connection, handshake, message, shown);
    if (shown.isEmpty()) {
      return attempt.refused("no certificate was shown");
    }
    if (!free.tryAcquire()) {
      return attempt.refused("too many look-ups are under way");
    }
    CompletableFuture<String> answer =
        ask(new CertificateLookup.Query(shown.get(), SniHostName.of(serverNames), peer));
    if (answer.isDone()) {
      free.release();
      return answer.thenApply(attempt::accepted).exceptionally(attempt::failed).join();
    }
    var unused =
        answer
            .orTimeout(PskLookup.ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((identity, failure) -> free.release())
            .thenApply(attempt::accepted)
            .exceptionally(attempt::failed)
            .thenAccept(this::resume);
    return null;
  }

  /** Empty if the client has neither: then it sends a path of no certificates. */
  private static Optional<CertificateLookup.Shown> shown(CertificateMessage message) {
    @Nullable CertPath path = message.getCertificateChain();
    @Nullable PublicKey key = message.getPublicKey();
    if (path == null) {
      return Optional.ofNullable(key).map(CertificateLookup.Shown.RawPublicKey::new);
    }
    List<X509Certificate> chain =
        path.getCertificates().stream().map(X509Certificate.class::cast).toList();
    return chain.isEmpty()
        ? Optional.empty()
        : Optional.of(new CertificateLookup.Shown.Chain(chain));
  }

  private CompletableFuture<String> ask(CertificateLookup.Query query) {
    try {
      // a copy, so that the time-out does not complete the look-up's own stage
      return certificates.clients().identify(query).toCompletableFuture().copy();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void resume(CertificateVerificationResult result) {
    HandshakeResultHandler handler = results;
    if (handler != null) {
      handler.apply(result);
    }
  }

  /** One handshake's wait for a judgement. */
  private final class Attempt {
    private final ConnectionId connection;
    private final Optional<Handshaker> handshake;
    private final CertificateMessage message;
    private final Optional<CertificateLookup.Shown> shown;

    Attempt(
        ConnectionId connection,
        Optional<Handshaker> handshake,
        CertificateMessage message,
        Optional<CertificateLookup.Shown> shown) {
      this.connection = connection;
      this.handshake = handshake;
      this.message = message;
      this.shown = shown;
    }

    CertificateVerificationResult accepted(String identity) {
      return message.getCertificateChain() == null
          ? new CertificateVerificationResult(connection, message.getPublicKey(), identity)
          : new CertificateVerificationResult(connection, message.getCertificateChain(), identity);
    }

    CertificateVerificationResult failed(Throwable failure) {
      Throwable cause = Failures.causeOf(failure);
      if (cause instanceof CredentialLookup.Unusable unusable) {
        return refused(String.valueOf(unusable.getMessage()));
      }
      LOG.warn("a certificate could not be judged", failure);
      return refused("the look-up of the certificate failed or took too long");
    }

    CertificateVerificationResult refused(String reason) {
      handshake.ifPresent(under -> registry.fail(under, subject(), reason));
      return new CertificateVerificationResult(
          connection,
          new HandshakeException(
              "the certificate was refused",
              new AlertMessage(AlertLevel.FATAL, AlertDescription.BAD_CERTIFICATE)),
          null);
    }

    /** The subject as the certificate has it, or the key's identifier, proved or not. */
    private Optional<String> subject() {
      return shown.map(
          given ->
              given instanceof CertificateLookup.Shown.Chain chain
                  ? chain.certificates().get(0).getSubjectX500Principal().getName()
                  : PublicKeyId.of(((CertificateLookup.Shown.RawPublicKey) given).key())
                      .toString());
    }
  }
}
