// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.thread.DaemonThreads;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.door.EstDoor;
import org.mooring.in.door.MethodGate;
import org.mooring.in.est.CertificateEnrolment;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** The CA that certifies nodes' keys, with the one thread that works at it. */
final class CertificateProvisioning implements AutoCloseable {
  /** Some seconds' work; beyond it nodes are asked to come again. */
  private static final int QUEUED = 256;

  private final CertificateAuthority authority;
  private final Duration lifetime;
  private final InstantSource clock;

  /** One is enough for a file system, and for the lock on the folder. */
  private final ThreadPoolExecutor signer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUED),
          DaemonThreads.named("in-signer"));

  private CertificateProvisioning(
      CertificateAuthority authority, Duration lifetime, InstantSource clock) {
    this.authority = authority;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /**
   * Makes sure that what the CA will issue can be used: here, and by nodes that trust this CA
   * alone.
   *
   * @throws IllegalArgumentException if the CA is not trusted here, or the MEF's own certificate is
   *     of another one
   * @throws org.mooring.in.pki.PkiException if the CA can not sign
   */
  static CertificateProvisioning open(
      ServeSettings.Provisioning settings,
      ServeSettings.Certificates own,
      Fqdn mef,
      InstantSource clock) {
    CertificateAuthority authority = CertificateAuthority.in(settings.folder(), clock);
    authority.requireUsable();
    X509Certificate certificate = authority.certificate();
    if (!own.trusted().contains(certificate)) {
      throw new IllegalArgumentException(
          "--est-ca: give its ca.crt with --trust too, or nobody could use what it issues");
    }
    try {
      new ChainCheck(List.of(certificate), Optional::empty)
          .requireServer(own.identity().chain(), mef, clock.instant());
    } catch (CertificateRefusedException e) {
      throw new IllegalArgumentException(
          "--est-ca: give a --certificate of this CA, for nodes are told to trust it alone ("
              + e.getMessage()
              + ")");
    }
    return new CertificateProvisioning(authority, settings.lifetime(), clock);
  }

  EstDoor door(
      Transactions<Repositories> store,
      LiveSessions sessions,
      Generations generations,
      MethodGate methods,
      ServiceProvider provider) {
    return new EstDoor(
        store,
        sessions,
        new CertificateEnrolment(provider, generations, authority, lifetime),
        List.of(authority.certificate()),
        signer,
        methods,
        clock);
  }

  /** What is being signed ends well. */
  @Override
  public void close() {
    signer.shutdown();
  }
}
