// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mooring.common.certificate.RevocationLists;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.CertificateSubject;
import org.mooring.in.pki.RevocationReason;
import org.mooring.in.zn.TlsIdentity;

/** A CA for both ends of Zn on this machine: it certifies localhost and names below it. */
public final class ZnPki {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Fqdn LOCALHOST = new Fqdn("localhost");

  private final CertificateAuthority authority;

  private ZnPki(CertificateAuthority authority) {
    this.authority = authority;
  }

  public static ZnPki in(Path folder) {
    CertificateAuthority authority = CertificateAuthority.in(folder, InstantSource.system());
    authority.init(LOCALHOST, "CA of Zn", YEAR, YEAR);
    return new ZnPki(authority);
  }

  /** What the end of this name shows, trusting this CA. */
  public TlsIdentity identity(String name) {
    return identity(name, this);
  }

  /** What the end of this name shows, trusting another CA. */
  public TlsIdentity identity(String name, ZnPki trusted) {
    return identity(name, trusted, Optional::empty);
  }

  /** What the end of this name shows, trusting this CA as far as its revocation list tells. */
  public TlsIdentity checking(String name) {
    return identity(name, this, RevocationLists.in(authority.list()));
  }

  /** Revokes what an end shows, in a new revocation list. */
  public void revoke(TlsIdentity shown) {
    authority.revoke(
        shown.identity().chain().get(0).getSerialNumber(), RevocationReason.KEY_COMPROMISE, YEAR);
  }

  private TlsIdentity identity(
      String name, ZnPki trusted, Supplier<Optional<Collection<X509CRL>>> lists) {
    CertificateAuthority.WithKey made =
        authority.issueWithKey(new CertificateSubject.Function(new Fqdn(name)), YEAR);
    return new TlsIdentity(
        new CertificateIdentity(made.key(), made.issued().chain()),
        List.of(trusted.authority.certificate()),
        lists);
  }

  /** The same with the JDK's own means, for the other end. */
  public static SSLContext context(TlsIdentity identity) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      char[] password = "of a test".toCharArray();
      own.setKeyEntry(
          "own",
          identity.identity().key(),
          password,
          identity.identity().chain().toArray(new Certificate[0]));
      for (X509Certificate trusted : identity.trusted()) {
        own.setCertificateEntry("ca", trusted);
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, password);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(own);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
