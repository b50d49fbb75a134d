// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.cert.CertPath;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.identifier.Fqdn;

/** Judges a server's certificate for a client: of a trusted CA, in its time, of that very name. */
final class ServerCertificate implements NewAdvancedCertificateVerifier {
  private final ChainCheck check;
  private final Fqdn name;

  ServerCertificate(List<X509Certificate> trusted, Fqdn name) {
    this.check = new ChainCheck(trusted, Optional::empty);
    this.name = name;
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return List.of(CertificateType.X_509);
  }

  @Override
  public List<X500Principal> getAcceptedIssuers() {
    return check.trusted().stream().map(X509Certificate::getSubjectX500Principal).toList();
  }

  @Override
  public CertificateVerificationResult verifyCertificate(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      InetSocketAddress peer,
      boolean clientUsage,
      boolean verifySubject,
      boolean truncateCertificatePath,
      CertificateMessage message) {
    CertPath path = message.getCertificateChain();
    try {
      check.requireServer(chain(path), name, Instant.now());
      return new CertificateVerificationResult(connection, path, null);
    } catch (CertificateRefusedException e) {
      return new CertificateVerificationResult(
          connection, new UntrustedServerException(String.valueOf(e.getMessage())), null);
    }
  }

  private static List<X509Certificate> chain(@Nullable CertPath path) {
    return path == null
        ? List.of()
        : path.getCertificates().stream().map(X509Certificate.class::cast).toList();
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    // every result is given on the spot
  }
}
