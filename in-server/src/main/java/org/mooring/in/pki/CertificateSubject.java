// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1RelativeOID;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;

/**
 * Whom a certificate names, in its subjectAltName (TS-0003 clauses 8.1.2 and 10.1.1). A raw public
 * key is nobody's to issue.
 */
public sealed interface CertificateSubject {
  /** A CSE or an AE of a provider. */
  static CertificateSubject of(EntityId entity, SpId sp) {
    return entity instanceof AeId ae ? new Ae(ae, sp) : new Cse((CseId) entity, sp);
  }

  /** For the subject's common name and for people. */
  String text();

  /** What the subjectAltName of the certificate has: one name, but for functions. */
  List<GeneralName> names();

  /** In which ends of a handshake it stands. */
  KeyPurposeId[] purposes();

  /**
   * An identifier that can not be taken for a domain name: an object identifier as its URN (RFC
   * 3061). Where no subjectAltName is a domain name, the JDK and OpenSSL hold a common name that
   * could be one against the CA's constraints on those.
   */
  private static String noDomain(String id) {
    if (id.indexOf(':') >= 0) {
      return id;
    }
    return (id.matches("[0-9.]+") ? "urn:oid:" : "id:") + id;
  }

  /**
   * A MEF, a MAF or a server's CSE, or several of them behind one port: an FQDN certificate, which
   * the functions present.
   *
   * @param fqdns at least one
   */
  record Function(List<Fqdn> fqdns) implements CertificateSubject {
    public Function {
      fqdns = List.copyOf(fqdns);
    }

    /** One of them alone. */
    public Function(Fqdn fqdn) {
      this(List.of(fqdn));
    }

    @Override
    public String text() {
      return fqdns.get(0).value();
    }

    @Override
    public List<GeneralName> names() {
      return fqdns.stream()
          .map(fqdn -> new GeneralName(GeneralName.dNSName, fqdn.value()))
          .toList();
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
    public List<GeneralName> names() {
      return List.of(new GeneralName(GeneralName.dNSName, text()));
    }

    /** Not of a server: a CSE's name must never pass for a function's. */
    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }

  /**
   * An AE: its absolute AE-ID as a URI.
   *
   * @param aeId SP-relative or absolute, with its registrar where that assigned it
   * @param sp the provider
   */
  record Ae(AeId aeId, SpId sp) implements CertificateSubject {
    @Override
    public String text() {
      return noDomain(aeId.stem());
    }

    @Override
    public List<GeneralName> names() {
      String uri = CertificateName.of(aeId, sp).text();
      return List.of(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }

  /** A node, for the CSE on it: its M2M-Node-ID. */
  record Node(NodeId nodeId) implements CertificateSubject {
    @Override
    public String text() {
      return noDomain(nodeId.value());
    }

    @Override
    public List<GeneralName> names() {
      return List.of(
          new GeneralName(
              GeneralName.otherName,
              new OtherName(
                  new ASN1ObjectIdentifier(CertificateName.OfNode.NAME_TYPE),
                  new DERUTF8String(nodeId.value()))));
    }

    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }

  /** A device, for the CSE on it: its hardware instance identifier. */
  record Device(HardwareId hardwareId) implements CertificateSubject {
    /** Manufacturer, model and serial number of an M2M Device ID (TS-0001 annex H). */
    private static final int LAST_ARCS = 3;

    private static final ASN1ObjectIdentifier HARDWARE_MODULE_NAME =
        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.4");

    @Override
    public String text() {
      return noDomain(hardwareId.value());
    }

    @Override
    public List<GeneralName> names() {
      String id = hardwareId.value();
      return List.of(
          new GeneralName(
              GeneralName.otherName,
              hardwareId.isModuleName()
                  ? moduleName(id.substring(0, id.indexOf(':')), id.substring(id.indexOf(':') + 1))
                  : deviceId(id)));
    }

    private static OtherName moduleName(String type, String serial) {
      return new OtherName(
          HARDWARE_MODULE_NAME,
          new DERSequence(
              new ASN1Encodable[] {
                new ASN1ObjectIdentifier(type), new DEROctetString(HexFormat.of().parseHex(serial))
              }));
    }

    private static OtherName deviceId(String id) {
      String[] arcs = id.split("\\.");
      int higher = Math.max(2, arcs.length - LAST_ARCS);
      return new OtherName(
          new ASN1ObjectIdentifier(String.join(".", Arrays.copyOf(arcs, higher))),
          new ASN1RelativeOID(String.join(".", Arrays.copyOfRange(arcs, higher, arcs.length))));
    }

    @Override
    public KeyPurposeId[] purposes() {
      return new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }
  }
}
