// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.SpId;

/** A name in the subjectAltName of a certificate (TS-0003 clause 10.1.1). */
public sealed interface CertificateName {
  /** The name itself. */
  String text();

  /** Its kind as {@code sec:credIDTypeID} (TS-0003 clause 12.3.2.1). */
  int credentialType();

  /**
   * A domain name: of a CSE its CSE-ID's public one, of a function its FQDN.
   *
   * @param fqdn exactly this name; never a pattern
   */
  record OfDomain(Fqdn fqdn) implements CertificateName {
    @Override
    public String text() {
      return fqdn.value();
    }

    @Override
    public int credentialType() {
      return 32;
    }
  }

  /**
   * An AE's absolute AE-ID.
   *
   * @param aeId absolute
   */
  record OfApplication(AeId aeId) implements CertificateName {
    /**
     * TS-0003 clause 10.1.1 wants "the full URI" and names no scheme, which a URI in a certificate
     * has to have (RFC 5280 clause 4.2.1.6).
     */
    public static final String URI_SCHEME = "m2m:";

    /** As it stands in the certificate. */
    @Override
    public String text() {
      return URI_SCHEME + aeId.value();
    }

    @Override
    public int credentialType() {
      return 33;
    }
  }

  /** A node's M2M-Node-ID. */
  record OfNode(NodeId nodeId) implements CertificateName {
    /**
     * TS-0003 does not say in which form of name a Node-ID stands. A URI is none: one without a
     * host breaks every name constraint on URIs (RFC 5280 clause 4.2.1.10). So it is an otherName
     * of this type, with a UTF8String; the arc is of the UUID kind, which needs no registration.
     */
    public static final String NAME_TYPE = "2.25.239518663489662249079580523804253619315";

    @Override
    public String text() {
      return nodeId.value();
    }

    @Override
    public int credentialType() {
      return 34;
    }
  }

  /** A device's hardware instance identifier. */
  record OfDevice(HardwareId hardwareId) implements CertificateName {
    @Override
    public String text() {
      return hardwareId.value();
    }

    @Override
    public int credentialType() {
      return 31;
    }
  }

  /** The name in the CSE-ID or AE-ID certificate of an entity; a relative id is read inside sp. */
  static CertificateName of(EntityId entity, SpId sp) {
    return entity.absolute(sp) instanceof AeId ae
        ? new OfApplication(ae)
        : new OfDomain(entity.fqdn(sp));
  }

  /**
   * The left part of the key identifier under which a certificate with this name is known: the
   * type, a dash, and the first 32 hex digits of the name's SHA-256, since a Credential-ID takes
   * few characters (TS-0003 clause 10.4).
   */
  default String relativeId() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text().getBytes(UTF_8));
      return credentialType() + "-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  /**
   * The names of a certificate that are of these kinds, in their order.
   *
   * @throws CertificateRefusedException if a name can not be read or is a pattern
   */
  static List<CertificateName> of(X509Certificate certificate) throws CertificateRefusedException {
    List<CertificateName> names = new ArrayList<>();
    for (List<?> name : alternativeNames(certificate)) {
      read(name).ifPresent(names::add);
    }
    return List.copyOf(names);
  }

  /** Whether a certificate is of a domain name, exactly; one that can not be read is of none. */
  static boolean isIn(X509Certificate certificate, Fqdn name) {
    try {
      return of(certificate).contains(new OfDomain(name));
    } catch (CertificateRefusedException e) {
      return false;
    }
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate)
      throws CertificateRefusedException {
    try {
      @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      throw new CertificateRefusedException("the certificate's names can not be read");
    }
  }

  private static Optional<CertificateName> read(List<?> name) throws CertificateRefusedException {
    if (name.get(0).equals(GeneralNameType.DNS_NAME) && name.get(1) instanceof String text) {
      if (text.indexOf('*') >= 0) {
        throw new CertificateRefusedException("the certificate names a wildcard");
      }
      return Fqdn.isValid(text) ? Optional.of(new OfDomain(new Fqdn(text))) : Optional.empty();
    }
    if (name.get(0).equals(GeneralNameType.URI) && name.get(1) instanceof String text) {
      return ofApplication(text);
    }
    if (name.get(0).equals(GeneralNameType.OTHER_NAME) && name.get(1) instanceof byte[] der) {
      return OtherName.text(der, OfNode.NAME_TYPE)
          .flatMap(CertificateName::ofNode)
          .or(() -> OtherName.hardwareId(der).flatMap(CertificateName::ofDevice));
    }
    return Optional.empty();
  }

  private static Optional<CertificateName> ofApplication(String uri) {
    if (!uri.startsWith(OfApplication.URI_SCHEME)) {
      return Optional.empty();
    }
    String id = uri.substring(OfApplication.URI_SCHEME.length());
    return id.startsWith("//") && AeId.isValid(id)
        ? Optional.of(new OfApplication(new AeId(id)))
        : Optional.empty();
  }

  private static Optional<CertificateName> ofNode(String text) {
    try {
      return Optional.of(new OfNode(new NodeId(text)));
    } catch (IdentifierSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<CertificateName> ofDevice(String text) {
    try {
      return Optional.of(new OfDevice(new HardwareId(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
