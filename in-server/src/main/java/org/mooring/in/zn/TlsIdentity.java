// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
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
 */
public record TlsIdentity(CertificateIdentity identity, List<X509Certificate> trusted) {
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
      KeyStore others = empty();
      for (X509Certificate authority : trusted) {
        others.setCertificateEntry(Integer.toString(others.size()), authority);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(others);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Zn: this Java runtime makes no TLS of the certificates", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
