// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;

/**
 * Whether a peer's certificate holds (TS-0003 clause 8.1.2.5): its profile, then path validation
 * (RFC 5280 clause 6.1) up to a trusted CA, whose name constraints count, then its status.
 */
public final class ChainCheck {
  private static final int LONGEST_CHAIN = 5;
  private static final int DIGITAL_SIGNATURE = 0;

  private final List<X509Certificate> trusted;
  private final Supplier<Optional<Collection<X509CRL>>> lists;

  /**
   * @param trusted certificates of CAs
   * @param lists the revocation lists by now; empty where no status is checked
   */
  public ChainCheck(List<X509Certificate> trusted, Supplier<Optional<Collection<X509CRL>>> lists) {
    this.trusted = List.copyOf(trusted);
    this.lists = lists;
  }

  /** In which end of a handshake a certificate is to stand. */
  private enum Purpose {
    CLIENT("1.3.6.1.5.5.7.3.2"),
    SERVER("1.3.6.1.5.5.7.3.1");

    private static final String ANY = "2.5.29.37.0";

    private final String oid;

    Purpose(String oid) {
      this.oid = oid;
    }
  }

  /** The CAs that are trusted. */
  public List<X509Certificate> trusted() {
    return trusted;
  }

  /**
   * Lets a client's certificate pass.
   *
   * @param chain from the client's own certificate on, each signed by the next
   * @return the path that holds, from the client's own certificate to that of the trusted CA
   * @throws CertificateRefusedException with the reason
   */
  public List<X509Certificate> requireClient(List<X509Certificate> chain, Instant now)
      throws CertificateRefusedException {
    return require(chain, Purpose.CLIENT, path -> now);
  }

  /**
   * Lets a server's certificate pass where the clock may never have been set, or be that of the
   * firmware: what a trusted CA signed counts as begun. What has ended has ended.
   *
   * @param name which has to be in the certificate, exactly
   * @throws CertificateRefusedException with the reason
   */
  public void requireServer(List<X509Certificate> chain, Fqdn name, Instant now)
      throws CertificateRefusedException {
    var unused = require(chain, Purpose.SERVER, path -> begun(path, now));
    if (!CertificateName.of(chain.get(0)).contains(new CertificateName.OfDomain(name))) {
      throw new CertificateRefusedException("the server's certificate is not of " + name);
    }
  }

  private List<X509Certificate> require(
      List<X509Certificate> chain, Purpose purpose, Function<List<X509Certificate>, Instant> time)
      throws CertificateRefusedException {
    if (chain.isEmpty()) {
      throw new CertificateRefusedException("no certificate was shown");
    }
    requireProfile(chain.get(0), purpose);
    return validateOne(paths(chain), time);
  }

  private static Instant begun(List<X509Certificate> path, Instant now) {
    return path.stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .filter(begin -> begin.isAfter(now))
        .max(Instant::compareTo)
        .orElse(now);
  }

  private static void requireProfile(X509Certificate own, Purpose purpose)
      throws CertificateRefusedException {
    if (!CertificateKeys.isOnSecp256r1(own.getPublicKey())) {
      throw new CertificateRefusedException("the certificate's key is not on secp256r1");
    }
    boolean @Nullable [] usage = own.getKeyUsage();
    if (usage == null || !usage[DIGITAL_SIGNATURE]) {
      throw new CertificateRefusedException("the certificate's key usage lacks digitalSignature");
    }
    try {
      @Nullable List<String> purposes = own.getExtendedKeyUsage();
      if (purposes != null && !purposes.contains(purpose.oid) && !purposes.contains(Purpose.ANY)) {
        throw new CertificateRefusedException("the certificate is for another purpose");
      }
    } catch (CertificateParsingException e) {
      throw new CertificateRefusedException("the certificate's purposes can not be read");
    }
  }

  /**
   * The chain up to and with the certificate of a trusted CA, for each that fits: a CA may have
   * several for one key. The JDK takes no notice of the name constraints of an anchor: so the
   * anchor is the CA's key, and its certificate part of the path.
   */
  private List<List<X509Certificate>> paths(List<X509Certificate> chain)
      throws CertificateRefusedException {
    List<List<X509Certificate>> paths = new ArrayList<>();
    List<X509Certificate> soFar = new ArrayList<>();
    for (X509Certificate next : chain.subList(0, Math.min(chain.size(), LONGEST_CHAIN))) {
      soFar.add(next);
      for (X509Certificate authority : trusted) {
        if (!authority.equals(next) && isSignedBy(next, authority)) {
          List<X509Certificate> path = new ArrayList<>(soFar);
          path.add(authority);
          paths.add(path);
        }
      }
    }
    if (paths.isEmpty()) {
      throw new CertificateRefusedException("the certificate is of no CA that is trusted here");
    }
    return paths;
  }

  /** The reason why the first path does not hold counts where none does. */
  private List<X509Certificate> validateOne(
      List<List<X509Certificate>> paths, Function<List<X509Certificate>, Instant> time)
      throws CertificateRefusedException {
    @Nullable CertificateRefusedException first = null;
    for (List<X509Certificate> path : paths) {
      try {
        validate(path, time.apply(path));
        return path;
      } catch (CertificateRefusedException e) {
        first = first == null ? e : first;
      }
    }
    throw Objects.requireNonNull(first);
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void validate(List<X509Certificate> path, Instant now)
      throws CertificateRefusedException {
    X509Certificate authority = path.get(path.size() - 1);
    TrustAnchor anchor =
        new TrustAnchor(authority.getSubjectX500Principal(), authority.getPublicKey(), null);
    Optional<Collection<X509CRL>> known = lists.get();
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(known.isPresent());
      if (known.isPresent()) {
        parameters.addCertStore(
            CertStore.getInstance("Collection", new CollectionCertStoreParameters(known.get())));
      }
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    } catch (CertPathValidatorException e) {
      throw new CertificateRefusedException(reason(e));
    } catch (GeneralSecurityException e) {
      throw new CertificateRefusedException("the certificate's path can not be validated");
    }
  }

  private static String reason(CertPathValidatorException e) {
    CertPathValidatorException.Reason reason = e.getReason();
    if (reason == BasicReason.EXPIRED) {
      return "the certificate expired";
    }
    if (reason == BasicReason.NOT_YET_VALID) {
      return "the certificate is not valid yet";
    }
    if (reason == BasicReason.REVOKED) {
      return "the certificate is revoked";
    }
    if (reason == BasicReason.UNDETERMINED_REVOCATION_STATUS) {
      return "no revocation list tells the certificate's status by now";
    }
    if (reason == PKIXReason.INVALID_NAME) {
      return "the certificate's name is outside what its CA may sign for";
    }
    return "the certificate's path does not hold: " + e.getMessage();
  }
}
