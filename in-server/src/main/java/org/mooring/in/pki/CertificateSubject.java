// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;

/**
 * Whom a certificate names, in its one subjectAltName (TS-0003 clauses 8.1.2 and 10.1.1). A device
 * certificate is its manufacturer's to issue, a raw public key nobody's.
 */
public sealed interface CertificateSubject {
  /** For the subject's common name and for people. */
  String text();

  /** The subjectAltName of the certificate. */
  GeneralName name();

  /** In which ends of a handshake it stands. */
  KeyPurposeId[] purposes();

  /** A MEF or a MAF: an FQDN certificate, which the function presents. */
  record Function(Fqdn fqdn) implements CertificateSubject {
    @Override
    public String text() {
      return fqdn.value();
    }

    @Override
    public GeneralName name() {
      return new GeneralName(GeneralName.dNSName, fqdn.value());
    }

    /** A function is also a client of others, as a MAF of the MEF. */
    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth};
    }
  }

  /**
   * A CSE: its CSE-ID's public domain name (TS-0001 clause 6.5.1.1).
   *
   * @param cseId SP-relative or absolute
   * @param sp the provider
   */
  record Cse(CseId cseId, SpId sp) implements CertificateSubject {
    @Override
    public String text() {
      return cseId.fqdn(sp).value();
    }

    @Override
    public GeneralName name() {
      return new GeneralName(GeneralName.dNSName, text());
    }

    /** Not of a server: a CSE's name must never pass for a function's. */
    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }

  /** A node, for the CSE on it: its M2M-Node-ID. */
  record Node(NodeId nodeId) implements CertificateSubject {
    @Override
    public String text() {
      return nodeId.value();
    }

    @Override
    public GeneralName name() {
      return new GeneralName(
          GeneralName.otherName,
          new OtherName(
              new ASN1ObjectIdentifier(CertificateName.OfNode.NAME_TYPE),
              new DERUTF8String(nodeId.value())));
    }

    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }
}
