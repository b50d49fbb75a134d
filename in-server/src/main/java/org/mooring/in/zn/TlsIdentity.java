// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mooring.common.dtls.CertificateIdentity;

/**
 * What this end of Zn shows in TLS, and whom it trusts there (TS 33.220 clause 4.5.3 has both ends
 * authenticated).
 *
 * @param identity its certificate with the key
 * @param trusted certificates of the CAs of the other ends
 * @param lists the revocation lists of these CAs by now; empty where no status is checked
 */
public record TlsIdentity(
    CertificateIdentity identity,
    List<X509Certificate> trusted,
    Supplier<Optional<Collection<X509CRL>>> lists) {
  public TlsIdentity {
    trusted = List.copyOf(trusted);
  }

  SSLContext context() {
    try {
      char[] none = {};
      KeyStore own = empty();
      own.setKeyEntry("own", identity.key(), none, identity.chain().toArray(new Certificate[0]));
      KeyManagerFactory shown =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      shown.init(own, none);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(new CertPathTrustManagerParameters(judgement()));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Zn: this Java runtime makes no TLS of the certificates", e);
    }
  }

  /** How the other end's certificate is judged in a handshake (RFC 5280 clause 6). */
  private PKIXBuilderParameters judgement() throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        trusted.stream()
            .map(authority -> new TrustAnchor(authority, null))
            .collect(Collectors.toUnmodifiableSet());
    PKIXBuilderParameters judgement = new PKIXBuilderParameters(anchors, new X509CertSelector());
    judgement.setRevocationEnabled(lists.get().isPresent());
    judgement.addCertStore(CurrentLists.store(lists));
    return judgement;
  }

  /** Whether a list says by now that a certificate, which a handshake took, is revoked. */
  boolean isRevoked(X509Certificate shown) {
    return lists.get().stream()
        .flatMap(Collection::stream)
        .filter(list -> list.getIssuerX500Principal().equals(shown.getIssuerX500Principal()))
        .anyMatch(list -> list.isRevoked(shown));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
