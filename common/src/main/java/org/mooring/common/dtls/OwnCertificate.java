// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateIdentityResult;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;

/** Gives Scandium a server's certificate, for handshakes toward the names it has. */
final class OwnCertificate implements CertificateProvider {
  private final ServerCertificates certificates;

  OwnCertificate(ServerCertificates certificates) {
    this.certificates = certificates;
  }

  @Override
  public List<CertificateKeyAlgorithm> getSupportedCertificateKeyAlgorithms() {
    return List.of(CertificateKeyAlgorithm.EC);
  }

  /** The client's first choice counts: the certificate, or its key alone where that is pinned. */
  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return List.of(CertificateType.X_509, CertificateType.RAW_PUBLIC_KEY);
  }

  /** A client without a server name is shown it too; another name has no certificate. */
  @Override
  public CertificateIdentityResult requestCertificateIdentity(
      ConnectionId connection,
      boolean client,
      @Nullable List<X500Principal> issuers,
      @Nullable ServerNames serverNames,
      List<CertificateKeyAlgorithm> keyAlgorithms,
      List<SignatureAndHashAlgorithm> signatures,
      List<SupportedGroup> curves) {
    Optional<Fqdn> asked = SniHostName.of(serverNames);
    if (asked.isPresent() && !certificates.functions().contains(asked.get())) {
      return new CertificateIdentityResult(connection);
    }
    CertificateIdentity identity = certificates.identity();
    return new CertificateIdentityResult(connection, identity.key(), identity.chain());
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    // every result is given on the spot
  }
}
