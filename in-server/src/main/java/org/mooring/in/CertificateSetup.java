// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.certificate.ResponderCheck;
import org.mooring.common.dtls.ServerCertificates;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.door.CertificateDirectory;
import org.mooring.in.door.CertificateStatus;
import org.mooring.in.door.FunctionPaths;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Store;

/** Joins what a server's settings make of certificates: those it shows, judges and issues. */
final class CertificateSetup {
  private static final int JUDGES = 2;

  /** Certificates that wait to be judged; the handshakes of more are refused. */
  private static final int JUDGED_LATER = 500;

  private final ServeSettings settings;
  private final ServiceProvider provider;
  private final InstantSource clock;
  private final Consumer<AutoCloseable> started;

  /**
   * @param started takes each part that needs stopping
   */
  CertificateSetup(ServeSettings settings, InstantSource clock, Consumer<AutoCloseable> started) {
    this.settings = settings;
    this.provider = settings.provider();
    this.clock = clock;
    this.started = started;
  }

  /**
   * What the server shows, and what it takes from clients.
   *
   * @throws IllegalArgumentException if its certificate names none of the functions
   */
  Optional<ServerCertificates> shown(Store store, MethodCheck methods) {
    return settings.certificates().map(own -> shown(own, store, methods));
  }

  private ServerCertificates shown(
      ServeSettings.Certificates own, Store store, MethodCheck methods) {
    ResponderCheck responders = new ResponderCheck(clock);
    started.accept(responders);
    return new ServerCertificates(
        namedIn(own.identity().chain().get(0)),
        own.identity(),
        own.trusted(),
        new CertificateDirectory(
            store,
            new ChainCheck(own.trusted(), own.lists()),
            new CertificateStatus(own.ocsp(), responders),
            judges(),
            new FunctionPaths(provider),
            methods,
            clock));
  }

  /** The functions that a certificate is of, each of which shows it. */
  private Set<Fqdn> namedIn(X509Certificate certificate) {
    Set<Fqdn> named =
        Stream.of(provider.mef(), provider.maf(), provider.cseFqdn())
            .filter(name -> CertificateName.isIn(certificate, name))
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "certificate: give one that names " + provider.mef() + ", the MAF or the CSE");
    }
    return named;
  }

  /** Verifies certificates, a millisecond or two each, while DTLS goes on. */
  private ThreadPoolExecutor judges() {
    ThreadPoolExecutor judges =
        new ThreadPoolExecutor(
            JUDGES,
            JUDGES,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(JUDGED_LATER),
            task -> {
              Thread thread = new Thread(task, "in-certificates");
              thread.setDaemon(true);
              return thread;
            });
    judges.allowCoreThreadTimeOut(true);
    started.accept(judges::shutdownNow);
    return judges;
  }

  /** What certifies the keys of nodes, where that is wanted. */
  Optional<CertificateProvisioning> provisioning() {
    return settings.certificates().flatMap(this::provisioning);
  }

  private Optional<CertificateProvisioning> provisioning(ServeSettings.Certificates own) {
    Optional<CertificateProvisioning> opened =
        own.provisioning().map(ca -> CertificateProvisioning.open(ca, own, provider.mef(), clock));
    opened.ifPresent(started);
    return opened;
  }
}
