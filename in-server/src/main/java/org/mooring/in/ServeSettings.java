// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.mooring.common.certificate.OcspMode;
import org.mooring.common.dtls.CertificateIdentity;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.provider.ServiceProvider;

/**
 * How one IN server runs.
 *
 * @param dataDir the data folder, initialised if it is new
 * @param coapsPort UDP port of MEF, MAF and CSE on every address; 0 for any free one
 * @param coapPort UDP port of plain CoAP on loopback; 0 for any free one
 * @param httpPort TCP port of the admin API on loopback; 0 for any free one
 * @param coapMode what the plain port offers
 * @param provider who the server is
 * @param reEnrolment when a node with a live enrolment may enrol again
 * @param jdbcUrl the database, empty for SQLite in the data folder
 * @param timers CoAP and DTLS retransmission
 * @param maxBodyBytes the largest request content in octets; more is answered with 4.13
 * @param allowWeakKey whether bootstrap keys below 16 octets may be added
 * @param certificates what the functions show and whom they trust; none: they take pre-shared keys
 *     alone
 * @param ubPort TCP and UDP port on every address where nodes with a USIM bootstrap; 0 for any free
 *     one, none: they can not
 * @param methods by which nodes may enrol
 * @param roles the functions that the server takes on
 * @param zn whose BSF is asked for keys, and to whom the BSF here gives them
 * @param announcedAes the most AEs with stems of the provider's that one registrar may announce
 * @param dns which DNS is told the public domain names of CSEs; none: no domain of others is to
 *     reach them
 */
public record ServeSettings(
    Path dataDir,
    int coapsPort,
    int coapPort,
    int httpPort,
    CoapMode coapMode,
    ServiceProvider provider,
    ReEnrolment reEnrolment,
    String jdbcUrl,
    EndpointTimers timers,
    int maxBodyBytes,
    boolean allowWeakKey,
    Optional<Certificates> certificates,
    OptionalInt ubPort,
    MethodPolicy methods,
    Set<ServerRole> roles,
    ZnSettings zn,
    int announcedAes,
    Optional<DnsSettings> dns) {

  public ServeSettings {
    roles = Set.copyOf(roles);
  }

  /**
   * Files for handshakes with certificates.
   *
   * @param identity the FQDN certificate of the MEF and of other functions, with its key
   * @param trusted certificates of the CAs whose nodes may enrol; without one, raw public keys may
   * @param lists tells which certificates are revoked; empty where nobody does
   * @param ocsp what counts where a certificate names a responder
   * @param provisioning the CA that certifies nodes' keys over EST, if one does
   */
  public record Certificates(
      CertificateIdentity identity,
      List<X509Certificate> trusted,
      Supplier<Optional<Collection<X509CRL>>> lists,
      OcspMode ocsp,
      Optional<Provisioning> provisioning) {
    public Certificates {
      trusted = List.copyOf(trusted);
    }
  }

  /**
   * The CA that certifies nodes' keys.
   *
   * @param folder of {@code pki init}
   * @param lifetime the longest of a certificate
   */
  public record Provisioning(Path folder, Duration lifetime) {}

  /** Largest request content unless told otherwise, in octets. */
  public static final int DEFAULT_MAX_BODY_BYTES = 65_536;
}
