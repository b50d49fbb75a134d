// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.mooring.common.identifier.Fqdn;

/**
 * What a CA certificate says of its CA: it signs for one domain, with no CA below (TS-0003 clause
 * 8.1.2.2, RFC 5280 clause 4.2.1.10).
 *
 * @param domain and every name in it, as dNSName and as the host of a URI
 * @param name the common name
 */
record CaProfile(Fqdn domain, String name) {
  NameConstraints nameConstraints() {
    return new NameConstraints(
        new GeneralSubtree[] {
          new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain.value())),
          new GeneralSubtree(
              new GeneralName(GeneralName.uniformResourceIdentifier, domain.value())),
          new GeneralSubtree(
              new GeneralName(GeneralName.uniformResourceIdentifier, "." + domain.value()))
        },
        null);
  }

  /** The domain that a CA certificate was made for. */
  static Fqdn domainOf(X509Certificate authority) {
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension != null) {
      NameConstraints constraints =
          NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets());
      for (GeneralSubtree permitted : constraints.getPermittedSubtrees()) {
        if (permitted.getBase().getTagNo() == GeneralName.dNSName) {
          return new Fqdn(permitted.getBase().getName().toString());
        }
      }
    }
    throw new PkiException("ca.crt: names no domain; 'pki init' in another folder makes a CA");
  }

  /**
   * @throws PkiException if the CA may not sign for the subject
   */
  static void requireInDomain(X509Certificate authority, CertificateSubject subject) {
    String domain = domainOf(authority).value();
    for (GeneralName one : subject.names()) {
      Optional<String> host = hostOf(one);
      if (host.filter(name -> !name.equals(domain) && !name.endsWith("." + domain)).isPresent()) {
        throw new PkiException(one.getName() + ": this CA signs for names in " + domain + " alone");
      }
    }
  }

  /** The part of a name that a CA's domain constrains. */
  private static Optional<String> hostOf(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> Optional.of(name.getName().toString());
      case GeneralName.uniformResourceIdentifier ->
          Optional.ofNullable(URI.create(name.getName().toString()).getHost());
      default -> Optional.empty();
    };
  }
}
