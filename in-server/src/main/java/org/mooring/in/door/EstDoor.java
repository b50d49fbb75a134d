// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.mooring.common.certificate.CertsOnly;
import org.mooring.common.certificate.EstMedia;
import org.mooring.common.dtls.BareHandler;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.primitive.Failures;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.LiveSession;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.est.CertificateEnrolment;
import org.mooring.in.est.CertificateEnrolment.Grant;
import org.mooring.in.est.CertificateEnrolment.Order;
import org.mooring.in.est.EstOperation;
import org.mooring.in.est.EstRefusal;
import org.mooring.in.est.EstRefusedException;
import org.mooring.in.est.IssuanceQuota;
import org.mooring.in.pki.CertificationRequest;
import org.mooring.in.pki.PkiException;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves EST on the coaps port (RFC 9148) to the sessions of enrolees with the MEF. What the CA
 * does waits for the disk, so it is done on threads of its own.
 */
public final class EstDoor implements BareHandler {
  private static final Logger LOG = LoggerFactory.getLogger(EstDoor.class);

  private static final int CONTENT = 205;
  private static final int CHANGED = 204;
  private static final Duration BUSY_FOR = Duration.ofSeconds(10);

  private final Transactions<Repositories> store;
  private final LiveSessions sessions;
  private final CertificateEnrolment enrolment;
  private final List<X509Certificate> authorities;
  private final IssuanceQuota quota;
  private final Executor signers;
  private final MethodGate methods;
  private final InstantSource clock;

  /**
   * @param authorities the CAs that nodes are told to trust
   * @param signers runs what waits for the CA; refuses what is too much
   */
  public EstDoor(
      Transactions<Repositories> store,
      LiveSessions sessions,
      CertificateEnrolment enrolment,
      List<X509Certificate> authorities,
      Executor signers,
      MethodGate methods,
      InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.enrolment = enrolment;
    this.authorities = List.copyOf(authorities);
    this.quota = new IssuanceQuota(clock);
    this.signers = signers;
    this.methods = methods;
    this.clock = clock;
  }

  @Override
  public boolean serves(List<String> path) {
    return EstOperation.isBelowRoot(path);
  }

  @Override
  public CompletionStage<BareResponse> handle(BareRequest request, SecureSession session) {
    return answer(request, session).exceptionally(EstDoor::refusal);
  }

  private CompletionStage<BareResponse> answer(BareRequest request, SecureSession session) {
    Optional<LiveSession> live = sessions.ofRequest(session);
    if (live.isEmpty()) {
      return CompletableFuture.failedStage(EstRefusal.CREDENTIAL_ENDED.asException());
    }
    return live.get().principal().thenCompose(principal -> serve(request, live.get(), principal));
  }

  private CompletionStage<BareResponse> serve(
      BareRequest request, LiveSession live, Optional<SecurityPrincipal> principal) {
    SecurityPrincipal known =
        principal
            .filter(one -> clock.instant().isBefore(one.expiresAt()))
            .orElseThrow(EstRefusal.CREDENTIAL_ENDED::asException);
    if (!(known instanceof SecurityPrincipal.Enrolee client)) {
      throw EstRefusal.NOT_AN_ENROLEE.asException();
    }
    EstOperation operation =
        EstOperation.at(request.path()).orElseThrow(EstRefusal.NO_SUCH_PATH::asException);
    requireMethod(operation, request);
    int format = answerFormat(operation, request);
    return admitted(live, client)
        .thenCompose(yes -> served(operation, request, live, client, format));
  }

  /**
   * By its method of enrolment; a certificate is not to be had in a session that may do nothing.
   */
  private CompletionStage<Boolean> admitted(LiveSession live, SecurityPrincipal.Enrolee client) {
    return store
        .lookUp(
            tx -> {
              tx.credentials()
                  .find(client.credential())
                  .ifPresent(session -> methods.require(tx, session));
              return true;
            })
        .exceptionally(
            failure -> {
              throw methods.told(
                  live, failure, refused -> EstRefusal.METHOD_NOT_ACCEPTED.asException());
            });
  }

  private CompletionStage<BareResponse> served(
      EstOperation operation,
      BareRequest request,
      LiveSession live,
      SecurityPrincipal.Enrolee client,
      int format) {
    return switch (operation) {
      case CA_CERTIFICATES -> ready(certificates(CONTENT, format, authorities));
      case ATTRIBUTES ->
          ready(BareResponse.of(CONTENT, format, CertificationRequest.wantedAttributes()));
      case SIMPLE_ENROL -> enrol(live, client, () -> order(request, live.session()), format);
      case SIMPLE_RE_ENROL -> enrol(live, client, () -> renewal(request, live.session()), format);
    };
  }

  private static void requireMethod(EstOperation operation, BareRequest request) {
    BareRequest.Method wanted =
        operation.isEnrolment() ? BareRequest.Method.POST : BareRequest.Method.GET;
    if (request.method() != wanted) {
      throw EstRefusal.WRONG_METHOD.asException();
    }
  }

  private static int answerFormat(EstOperation operation, BareRequest request) {
    int wanted = request.accept().orElse(operation.answers().get(0));
    if (!operation.answers().contains(wanted)) {
      throw EstRefusal.NOT_ACCEPTABLE.asException();
    }
    return wanted;
  }

  private static Order order(BareRequest request, SecureSession session) {
    return new Order(certificationRequest(request, session), Optional.empty());
  }

  private static Order renewal(BareRequest request, SecureSession session) {
    X509Certificate shown =
        session.clientCertificates().stream()
            .findFirst()
            .orElseThrow(EstRefusal.NO_CERTIFICATE_SHOWN::asException);
    return new Order(certificationRequest(request, session), Optional.of(shown));
  }

  private static CertificationRequest certificationRequest(
      BareRequest request, SecureSession session) {
    if (request.contentFormat().orElse(EstMedia.PKCS10) != EstMedia.PKCS10) {
      throw EstRefusal.WRONG_MEDIA_TYPE.asException();
    }
    CertificationRequest csr = read(request.content());
    if (csr.challenge().filter(challenge -> !challenge.equals(binding(session))).isPresent()) {
      throw EstRefusal.WRONG_CHALLENGE.asException();
    }
    return csr;
  }

  private static CertificationRequest read(byte[] content) {
    try {
      return CertificationRequest.read(content);
    } catch (PkiException e) {
      throw EstRefusal.MALFORMED_REQUEST.because(String.valueOf(e.getMessage()));
    }
  }

  /** What ties a request to its session (RFC 7030 clause 3.5, with the binding of RFC 9266). */
  private static String binding(SecureSession session) {
    return Base64.getEncoder().encodeToString(session.channelBinding());
  }

  private CompletionStage<BareResponse> enrol(
      LiveSession live, SecurityPrincipal.Enrolee client, Supplier<Order> order, int format) {
    quota.take(client.client());
    return onSigner(order)
        .thenCompose(asked -> store.lookUp(tx -> enrolment.grant(tx, client, asked)))
        .thenCompose(grant -> onSigner(() -> signed(live, grant)))
        .thenCompose(signed -> store.write(tx -> recorded(tx, client, signed)))
        .thenApply(
            issued -> {
              live.noteAccepted();
              return certificates(CHANGED, format, List.of(issued));
            });
  }

  private record Signed(Grant grant, X509Certificate certificate) {}

  /** Where the session ended while this waited, nothing is signed: nobody would hear of it. */
  private Signed signed(LiveSession live, Grant grant) {
    if (!sessions.stands(live)) {
      throw EstRefusal.CREDENTIAL_ENDED.asException();
    }
    return new Signed(grant, enrolment.sign(grant));
  }

  private X509Certificate recorded(
      Repositories tx, SecurityPrincipal.Enrolee client, Signed signed) {
    enrolment.record(tx, client, signed.grant(), signed.certificate());
    return signed.certificate();
  }

  private <T> CompletionStage<T> onSigner(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, signers);
    } catch (RejectedExecutionException e) {
      throw EstRefusal.BUSY.after(BUSY_FOR);
    }
  }

  private static BareResponse certificates(int code, int format, List<X509Certificate> given) {
    return BareResponse.of(
        code,
        format,
        format == EstMedia.CERTIFICATE ? CertsOnly.single(given) : CertsOnly.write(given));
  }

  private static CompletionStage<BareResponse> ready(BareResponse response) {
    return CompletableFuture.completedStage(response);
  }

  private static BareResponse refusal(Throwable failure) {
    EstRefusedException refused = refused(Failures.causeOf(failure));
    return BareResponse.error(
        refused.refusal().coapCode(), String.valueOf(refused.getMessage()), refused.retryAfter());
  }

  private static EstRefusedException refused(Throwable cause) {
    if (cause instanceof EstRefusedException refused) {
      return refused;
    }
    LOG.error("a certificate could not be issued", cause);
    return EstRefusal.CA_UNUSABLE.asException();
  }
}
