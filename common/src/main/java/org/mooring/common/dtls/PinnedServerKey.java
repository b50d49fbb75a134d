// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.PublicKeyId;

/** Judges a server's raw public key for a client: the one that was pinned (TS-0003 10.1.2). */
final class PinnedServerKey implements NewAdvancedCertificateVerifier {
  private final PublicKeyId pinned;

  PinnedServerKey(PublicKeyId pinned) {
    this.pinned = pinned;
  }

  @Override
  public List<CertificateType> getSupportedCertificateTypes() {
    return List.of(CertificateType.RAW_PUBLIC_KEY);
  }

  @Override
  public List<X500Principal> getAcceptedIssuers() {
    return List.of();
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
    @Nullable PublicKey shown = message.getPublicKey();
    return shown != null && pinned.matches(shown)
        ? new CertificateVerificationResult(connection, shown, null)
        : new CertificateVerificationResult(
            connection, new UntrustedServerException("its public key is another one"), null);
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    // every result is given on the spot
  }
}
