// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mooring.common.certificate.OcspMode;
import org.mooring.common.certificate.RevocationLists;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.ServeSettings;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.pki.RevocationReason;

/** The provider's CA in a folder, that a server certifies nodes' keys with. */
public final class TestCa {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Path folder;
  private final CertificateAuthority authority;

  private TestCa(Path folder) {
    this.folder = folder;
    this.authority = CertificateAuthority.in(folder, InstantSource.system());
  }

  public static TestCa in(Path folder) {
    TestCa made = new TestCa(folder);
    made.authority.init(RunningServer.SP.fqdn(), "CA of a test", YEAR, WEEK);
    return made;
  }

  public X509Certificate certificate() {
    return authority.certificate();
  }

  /** What became of what it issued. */
  public List<CertificateAuthority.Standing> issued() {
    return authority.issued();
  }

  public void revoke(X509Certificate certificate) {
    authority.revoke(certificate.getSerialNumber(), RevocationReason.KEY_COMPROMISE, WEEK);
  }

  /** A certificate with its key that no enrolment made. */
  public CertificateIdentity issue(CertificateSubject subject) {
    CertificateAuthority.WithKey made = authority.issueWithKey(subject, YEAR);
    return new CertificateIdentity(made.key(), made.issued().chain());
  }

  /** How a server runs with this CA; revocations count in sessions that stand as in new ones. */
  public ServeSettings.Certificates serving(Duration lifetime) {
    return new ServeSettings.Certificates(
        issue(new CertificateSubject.Function(RunningServer.MEF)),
        List.of(certificate()),
        RevocationLists.in(authority.list()),
        OcspMode.OFF,
        Optional.of(new ServeSettings.Provisioning(folder, lifetime)));
  }

  /** What a node shows and proves with a certificate. */
  public CertificateCredential credential(CertificateIdentity own) {
    return new CertificateCredential(
        new KeyIdentifier("certificate", RunningServer.MEF), own, List.of(certificate()));
  }

  public CertificateCredential credential(KeyPair keys, X509Certificate certificate) {
    return credential(new CertificateIdentity(keys.getPrivate(), List.of(certificate)));
  }
}
