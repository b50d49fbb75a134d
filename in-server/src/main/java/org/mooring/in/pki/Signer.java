// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.mooring.in.pki.PkiFolder.Revocation;

/**
 * Signs with the CA's key, ECDSA with SHA-256 (TS-0003 clause 10.1.1): end certificates with
 * digitalSignature and one subjectAltName, and revocation lists.
 */
final class Signer {
  private static final String ALGORITHM = "SHA256withECDSA";

  private static final int COMMON_NAME_LENGTH = 64;

  /** Clocks of nodes differ; a certificate is to hold as soon as it is issued. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private final X509Certificate authority;
  private final PrivateKey key;
  private final JcaX509ExtensionUtils extensions;

  /**
   * @throws GeneralSecurityException if this Java runtime lacks SHA-1, which key identifiers are
   *     made with
   */
  Signer(X509Certificate authority, PrivateKey key) throws GeneralSecurityException {
    this.authority = authority;
    this.key = key;
    this.extensions = new JcaX509ExtensionUtils();
  }

  static X509Certificate selfSigned(
      KeyPair keys, CaProfile profile, BigInteger serial, Instant from, Instant end) {
    X500Name name = commonName(profile.name());
    X509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            name, serial, Date.from(from.minus(BACKDATED)), Date.from(end), name, keys.getPublic());
    try {
      certificate
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(Extension.nameConstraints, true, profile.nameConstraints())
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the CA's certificate", e);
    }
    return signed(certificate, keys.getPrivate());
  }

  X509Certificate certificate(
      CertificateSubject subject, PublicKey of, BigInteger serial, Instant from, Instant end) {
    X509v3CertificateBuilder certificate =
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()),
            serial,
            Date.from(from.minus(BACKDATED)),
            Date.from(end),
            commonName(subject.text()),
            of);
    try {
      certificate
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(subject.purposes()))
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(subject.names().toArray(GeneralName[]::new)))
          .addExtension(
              Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(of))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(authority.getPublicKey()));
    } catch (IOException e) {
      throw new IllegalStateException("a certificate", e);
    }
    return signed(certificate, key);
  }

  /**
   * @param number greater than that of any list before (RFC 5280 clause 5.2.3)
   */
  X509CRL list(List<Revocation> revoked, BigInteger number, Instant from, Instant next) {
    JcaX509v2CRLBuilder list =
        new JcaX509v2CRLBuilder(authority.getSubjectX500Principal(), Date.from(from));
    list.setNextUpdate(Date.from(next));
    for (Revocation one : revoked) {
      list.addCRLEntry(one.serial(), Date.from(one.at()), one.reason().code());
    }
    try {
      list.addExtension(Extension.cRLNumber, false, new CRLNumber(number))
          .addExtension(
              Extension.authorityKeyIdentifier,
              false,
              extensions.createAuthorityKeyIdentifier(authority.getPublicKey()));
      return new JcaX509CRLConverter()
          .getCRL(list.build(new JcaContentSignerBuilder(ALGORITHM).build(key)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a revocation list", e);
    }
  }

  /** The number of a list. */
  static BigInteger numberOf(X509CRL list) {
    byte[] extension = list.getExtensionValue(Extension.cRLNumber.getId());
    return ASN1Integer.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getValue();
  }

  private static X509Certificate signed(X509v3CertificateBuilder certificate, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(certificate.build(new JcaContentSignerBuilder(ALGORITHM).build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate", e);
    }
  }

  /** Cut to what X.520 allows: the name that counts is the subjectAltName. */
  static X500Name commonName(String text) {
    String fitting = text.substring(0, Math.min(text.length(), COMMON_NAME_LENGTH));
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, fitting).build();
  }
}
