// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Certificates, keys, requests and revocation lists as PEM (RFC 7468). */
final class Pem {
  private Pem() {}

  static byte[] of(PrivateKey key) {
    return encoded("PRIVATE KEY", key.getEncoded());
  }

  /** The certificates one after the other. */
  static byte[] of(X509Certificate... chain) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : chain) {
        text.append(
            new String(
                encoded("CERTIFICATE", certificate.getEncoded()), StandardCharsets.US_ASCII));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] of(X509CRL list) {
    try {
      return encoded("X509 CRL", list.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a revocation list without an encoding", e);
    }
  }

  /**
   * The first certificate in a file.
   *
   * @throws PkiException if there is none
   */
  static X509Certificate certificate(Path file) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(first(file, X509CertificateHolder.class, "a certificate"));
    } catch (GeneralSecurityException e) {
      throw new PkiException(file + ": give a certificate in PEM form", e);
    }
  }

  /**
   * The PKCS#8 key in a file.
   *
   * @throws PkiException if there is none
   */
  static PrivateKey key(Path file) {
    try {
      return new JcaPEMKeyConverter()
          .getPrivateKey(first(file, PrivateKeyInfo.class, "a private key (PKCS#8)"));
    } catch (IOException e) {
      throw new PkiException(file + ": give a private key in PEM form", e);
    }
  }

  /**
   * The certification request (PKCS#10) in a file.
   *
   * @throws PkiException if there is none
   */
  static PKCS10CertificationRequest request(Path file) {
    return first(file, PKCS10CertificationRequest.class, "a certification request (PKCS#10)");
  }

  /**
   * The revocation list in a file.
   *
   * @throws PkiException if there is none
   */
  static X509CRL revocationList(Path file) {
    try {
      return new JcaX509CRLConverter()
          .getCRL(first(file, X509CRLHolder.class, "a revocation list"));
    } catch (GeneralSecurityException e) {
      throw new PkiException(file + ": give a revocation list in PEM form", e);
    }
  }

  private static <T> T first(Path file, Class<T> type, String what) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      @Nullable Object found = parser.readObject();
      while (found != null) {
        if (type.isInstance(found)) {
          return type.cast(found);
        }
        found = parser.readObject();
      }
    } catch (IOException e) {
      throw new PkiException(file + ": can not be read as PEM", e);
    }
    throw new PkiException(file + ": give " + what + " in PEM form");
  }

  private static byte[] encoded(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
