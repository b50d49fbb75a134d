// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mooring.common.thread.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the OCSP responders that certificates name for their status (RFC 6960), on a few threads of
 * its own. What one told counts for a minute, and so does that it told nothing: neither a node that
 * tries again nor a responder that is down costs a question each time.
 */
public final class ResponderCheck implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResponderCheck.class);

  /** Below what a DTLS handshake waits for the judgement of a certificate. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;
  private static final int THREADS = 8;
  private static final int WAITING = 256;

  private final InstantSource clock;
  private final ThreadPoolExecutor threads;

  /** Guarded by itself, the oldest first. */
  private final Map<X509Certificate, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<X509Certificate, Answer> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** What a responder tells of a certificate. */
  public enum Status {
    GOOD,
    REVOKED,
    /** It does not know it, or did not answer in time, or with what does not hold. */
    UNKNOWN
  }

  private record Answer(CompletableFuture<Status> status, Instant until) {}

  public ResponderCheck(InstantSource clock) {
    this.clock = clock;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEPT.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            DaemonThreads.named("ocsp"));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The status of a certificate that names a responder; never fails, and is there within two
   * seconds.
   *
   * @param issuer the certificate of the CA that signed it
   */
  public CompletionStage<Status> statusOf(X509Certificate certificate, X509Certificate issuer) {
    Instant now = clock.instant();
    CompletableFuture<Status> asked = new CompletableFuture<>();
    synchronized (answers) {
      @Nullable Answer kept = answers.get(certificate);
      if (kept != null && now.isBefore(kept.until())) {
        return kept.status().copy();
      }
      answers.remove(certificate);
      answers.put(certificate, new Answer(asked, now.plus(KEPT)));
    }
    try {
      threads.execute(() -> asked.complete(ask(certificate, issuer, now)));
    } catch (RejectedExecutionException e) {
      asked.complete(Status.UNKNOWN);
    }
    var unused =
        asked.completeOnTimeout(Status.UNKNOWN, ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    return asked.copy();
  }

  /** The JDK asks, and verifies that the answer is the CA's, of this certificate and recent. */
  private static Status ask(X509Certificate certificate, X509Certificate issuer, Instant now) {
    try {
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(Set.of(Option.ONLY_END_ENTITY, Option.NO_FALLBACK));
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
      parameters.setDate(Date.from(now));
      parameters.addCertPathChecker(checker);
      validator.validate(
          CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)),
          parameters);
      return Status.GOOD;
    } catch (CertPathValidatorException e) {
      if (e.getReason() == BasicReason.REVOKED) {
        return Status.REVOKED;
      }
      LOG.warn("no status of {}: {}", certificate.getSubjectX500Principal(), e.getMessage());
      return Status.UNKNOWN;
    } catch (GeneralSecurityException | RuntimeException e) {
      LOG.warn("the status of a certificate could not be asked for", e);
      return Status.UNKNOWN;
    }
  }

  /** Ends what is asked. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
