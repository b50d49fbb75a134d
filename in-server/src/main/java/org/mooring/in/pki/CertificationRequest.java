// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.io.IOException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * A certification request (PKCS#10, RFC 2986) of a client: its key, whose possession the signature
 * proves, and the names it asks for. What else it asks for does not count.
 */
public final class CertificationRequest {
  /** No request for a key on secp256r1 with one name comes near to it. */
  private static final int MOST_OCTETS = 4_096;

  private final PublicKey key;
  private final X500Name subject;
  private final Optional<GeneralNames> alternativeNames;
  private final Optional<String> challenge;

  private CertificationRequest(
      PublicKey key,
      X500Name subject,
      Optional<GeneralNames> alternativeNames,
      Optional<String> challenge) {
    this.key = key;
    this.subject = subject;
    this.alternativeNames = alternativeNames;
    this.challenge = challenge;
  }

  /**
   * Reads a request in DER and checks its signature.
   *
   * @throws PkiException if the octets are no request, the key is not on secp256r1, or the
   *     signature does not hold
   */
  public static CertificationRequest read(byte[] der) {
    if (der.length > MOST_OCTETS) {
      throw new PkiException("request: longer than " + MOST_OCTETS + " octets");
    }
    try {
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      PublicKey key = EcKeys.ofRequest(request);
      EcKeys.require(key);
      return new CertificationRequest(
          key, request.getSubject(), alternativeNames(request), challenge(request));
    } catch (PkiException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // What a stranger sends may break any assumption of the parser's.
      throw new PkiException("request: give a certification request (PKCS#10) in DER", e);
    }
  }

  private static Optional<GeneralNames> alternativeNames(PKCS10CertificationRequest request) {
    return value(request, PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
        .map(set -> Extensions.getInstance(set.getObjectAt(0)))
        .map(extensions -> extensions.getExtension(Extension.subjectAlternativeName))
        .map(extension -> GeneralNames.getInstance(extension.getParsedValue()));
  }

  private static Optional<String> challenge(PKCS10CertificationRequest request) {
    return value(request, PKCSObjectIdentifiers.pkcs_9_at_challengePassword)
        .map(set -> ((ASN1String) set.getObjectAt(0)).getString());
  }

  private static Optional<ASN1Set> value(
      PKCS10CertificationRequest request, ASN1ObjectIdentifier type) {
    Attribute[] given = request.getAttributes(type);
    if (given.length > 1 || (given.length == 1 && given[0].getAttrValues().size() != 1)) {
      throw new PkiException("request: give each attribute once");
    }
    return given.length == 0 ? Optional.empty() : Optional.of(given[0].getAttrValues());
  }

  /**
   * What a server wants in requests, as {@code CsrAttrs} in DER (RFC 7030 clause 4.5.2): a key on
   * secp256r1, and ECDSA with SHA-256.
   */
  public static byte[] wantedAttributes() {
    try {
      DERSequence key =
          new DERSequence(
              new ASN1Encodable[] {
                X9ObjectIdentifiers.id_ecPublicKey, new DERSet(SECObjectIdentifiers.secp256r1)
              });
      return new DERSequence(new ASN1Encodable[] {key, X9ObjectIdentifiers.ecdsa_with_SHA256})
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("object identifiers without an encoding", e);
    }
  }

  /** The key to be certified. */
  public PublicKey key() {
    return key;
  }

  /** What ties the request to the session that carries it, where the client has it in. */
  public Optional<String> challenge() {
    return challenge;
  }

  /** Whether it asks for no other name than this one: each of its two names is absent or this. */
  public boolean fits(CertificateSubject wanted) {
    return hasSubjectOf(wanted)
        && alternativeNames.map(names -> isOnly(names, wanted)).orElse(true);
  }

  private boolean hasSubjectOf(CertificateSubject wanted) {
    RDN[] parts = subject.getRDNs();
    if (parts.length == 0) {
      return true;
    }
    return parts.length == 1
        && !parts[0].isMultiValued()
        && parts[0].getFirst().getType().equals(BCStyle.CN)
        && IETFUtils.valueToString(parts[0].getFirst().getValue())
            .equalsIgnoreCase(
                IETFUtils.valueToString(
                    Signer.commonName(wanted.text()).getRDNs()[0].getFirst().getValue()));
  }

  private static boolean isOnly(GeneralNames names, CertificateSubject wanted) {
    GeneralName[] given = names.getNames();
    GeneralName own = wanted.names().get(0);
    if (given.length != 1 || given[0].getTagNo() != own.getTagNo()) {
      return false;
    }
    return given[0].getTagNo() == GeneralName.dNSName
        ? given[0].getName().toString().equalsIgnoreCase(wanted.text())
        : given[0].equals(own);
  }
}
