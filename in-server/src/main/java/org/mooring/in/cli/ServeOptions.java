// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.SpId;
import org.mooring.in.GatewaySettings;
import org.mooring.in.ServeSettings;
import org.mooring.in.crypto.CryptoChoice;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.provider.ServiceProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of serve. */
final class ServeOptions {
  private static final String NAME_OF_IN_CSE = "cse-in";
  private static final String NAME_OF_MN_CSE = "cse-mn";
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "mooring-data",
      description = "data folder, initialised if it is new" + DEFAULT)
  private Path data = Path.of("mooring-data");

  @Option(
      names = "--db",
      paramLabel = "JDBC-URL",
      defaultValue = "",
      description = "database, such as jdbc:postgresql://… (default: SQLite in the data folder)")
  private String jdbcUrl = "";

  @Option(
      names = "--coaps-port",
      paramLabel = "PORT",
      defaultValue = "5684",
      description = "UDP port of MEF, MAF and CSE, 0 for any free one" + DEFAULT)
  private int coapsPort;

  @Option(
      names = "--coap-port",
      paramLabel = "PORT",
      defaultValue = "5683",
      description = "UDP port of plain CoAP on loopback, 0 for any free one" + DEFAULT)
  private int coapPort;

  @Option(
      names = "--coap-mode",
      paramLabel = "MODE",
      defaultValue = "discovery",
      description = {
        "what the plain port offers" + DEFAULT,
        "discovery: /.well-known/core; open: the CSE without associations, for test beds"
      })
  private CoapMode coapMode = CoapMode.DISCOVERY;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "TCP port of the admin API on loopback, 0 for any free one" + DEFAULT)
  private int httpPort;

  @Option(
      names = "--ub-port",
      paramLabel = "PORT",
      description =
          "TCP and UDP port on which nodes with a USIM bootstrap over HTTP and CoAP (Ub of GBA), 0"
              + " for any free one (default: none)")
  private @Nullable Integer ubPort;

  @Mixin private ZnOptions zn = new ZnOptions();

  @Mixin private DnsOptions dns = new DnsOptions();

  @Option(
      names = "--public-host",
      paramLabel = "HOST[:PORT]",
      defaultValue = "",
      description = "what nodes are told to reach (default: the address they reached)")
  private String publicHost = "";

  @Option(
      names = "--sp-fqdn",
      paramLabel = "FQDN",
      defaultValue = "sp.example.org",
      description = "domain of the service provider" + DEFAULT)
  private Fqdn sp = new Fqdn("sp.example.org");

  @Option(
      names = "--mef-fqdn",
      paramLabel = "FQDN",
      description = "name of the MEF (default: mef. before the provider's)")
  private @Nullable Fqdn mef;

  @Option(
      names = "--maf-fqdn",
      paramLabel = "FQDN",
      description = "name of the MAF (default: maf. before the provider's)")
  private @Nullable Fqdn maf;

  @Option(
      names = "--cse-id",
      paramLabel = "/NAME",
      defaultValue = "/id-in",
      description = "SP-relative CSE-ID of the IN-CSE" + DEFAULT)
  private CseId cse = new CseId("/id-in");

  @Option(
      names = "--cse-name",
      paramLabel = "NAME",
      defaultValue = NAME_OF_IN_CSE,
      description = "resource name of its CSEBase" + DEFAULT + "; of an MN-CSE cse-mn")
  private String cseName = NAME_OF_IN_CSE;

  @Option(
      names = "--ke-lifetime",
      paramLabel = "SPAN",
      defaultValue = "365d",
      description = "longest life of an enrolment and all below it" + DEFAULT)
  private Duration keLifetime = Duration.ofDays(365);

  @Option(
      names = "--km-lifetime",
      paramLabel = "SPAN",
      defaultValue = "90d",
      description = "longest life of a registration at the MAF" + DEFAULT)
  private Duration kmLifetime = Duration.ofDays(90);

  @Option(
      names = "--kc-lifetime",
      paramLabel = "SPAN",
      defaultValue = "7d",
      description = "longest life of an association" + DEFAULT)
  private Duration kcLifetime = Duration.ofDays(7);

  @Option(
      names = "--re-enrol",
      paramLabel = "WHEN",
      defaultValue = "always",
      description =
          "when a node with a live enrolment may enrol again: always, lost or window" + DEFAULT)
  private ReEnrolment reEnrolment = ReEnrolment.ALWAYS;

  @Option(
      names = "--methods",
      paramLabel = "LIST",
      defaultValue = "certificate,rpk,gba,psk",
      description = {
        "by which methods nodes may enrol, the preferred one first" + DEFAULT,
        "One that is left out is not taken. A node that has several is sent to the better one."
      })
  private MethodPolicy methods = MethodPolicy.DEFAULT;

  @Option(
      names = "--roles",
      paramLabel = "LIST",
      defaultValue = "mef,maf,cse,app",
      description =
          "the functions that this server takes on; app, the application registry, may be left out"
              + DEFAULT)
  private String roles = "mef,maf,cse,app";

  @Option(
      names = "--ack-timeout",
      paramLabel = "SPAN",
      defaultValue = "2s",
      description = "first wait for a CoAP answer, doubled by each retry" + DEFAULT)
  private Duration ackTimeout = EndpointTimers.DEFAULT.ackTimeout();

  @Option(
      names = "--dtls-timeout",
      paramLabel = "SPAN",
      defaultValue = "1s",
      description = "first wait for a flight of a handshake, doubled by each retry" + DEFAULT)
  private Duration dtlsTimeout = EndpointTimers.DEFAULT.dtlsTimeout();

  @Option(
      names = "--max-body",
      paramLabel = "OCTETS",
      defaultValue = "" + ServeSettings.DEFAULT_MAX_BODY_BYTES,
      description = "largest request content, more is answered with 4.13" + DEFAULT)
  private int maxBody;

  @Option(
      names = "--max-announced-aes",
      paramLabel = "COUNT",
      defaultValue = "" + CseEndpoint.DEFAULT_ANNOUNCED_AES,
      description = "AEs with S stems that one registrar CSE may announce" + DEFAULT)
  private int announcedAes;

  @Mixin private CertificateOptions certificates = new CertificateOptions();

  @Option(
      names = "--crypto",
      paramLabel = "WHOSE",
      defaultValue = "auto",
      description = {
        "what computes on elliptic curves" + DEFAULT,
        "auto: a native provider where one works, else the JDK's; jdk; native"
      })
  private CryptoChoice crypto = CryptoChoice.AUTO;

  @Option(names = "--allow-weak-key", description = "take pre-provisioned keys below 16 octets")
  private boolean allowWeakKey;

  /**
   * The settings that the options give.
   *
   * @throws UsageError naming the option that does not fit
   */
  ServeSettings toSettings() {
    requirePorts();
    Supplier<Optional<Collection<X509CRL>>> lists = certificates.lists();
    return new ServeSettings(
        data,
        coapsPort,
        coapPort,
        httpPort,
        coapMode,
        provider(),
        reEnrolment,
        jdbcUrl,
        timers(),
        maxBody,
        allowWeakKey,
        certificates.toSettings(lists, zn.hasTls()),
        ubPort == null ? OptionalInt.empty() : OptionalInt.of(ubPort),
        methods,
        roles(),
        zn.toSettings(lists),
        announcedAes,
        dns.toSettings(provider(), publicHost));
  }

  /**
   * The settings of an MN-CSE.
   *
   * @throws UsageError naming the option that does not fit
   */
  GatewaySettings toGatewaySettings(GatewayOptions gateway) {
    requirePorts();
    return new GatewaySettings(
        data,
        coapsPort,
        coapPort,
        httpPort,
        cseName.equals(NAME_OF_IN_CSE) ? NAME_OF_MN_CSE : cseName,
        accessPoints(),
        keLifetime,
        gateway.credential(),
        timers(),
        maxBody);
  }

  /** What is to compute on elliptic curves. */
  CryptoChoice crypto() {
    return crypto;
  }

  private void requirePorts() {
    requirePort("--coaps-port", coapsPort);
    requirePort("--coap-port", coapPort);
    requirePort("--http-port", httpPort);
    if (ubPort != null) {
      requirePort("--ub-port", ubPort);
    }
    if (maxBody < 1) {
      throw new UsageError("--max-body: give at least 1");
    }
    if (announcedAes < 1) {
      throw new UsageError("--max-announced-aes: give at least 1");
    }
  }

  private EndpointTimers timers() {
    return new EndpointTimers(
        ackTimeout,
        EndpointTimers.DEFAULT.retries(),
        dtlsTimeout,
        EndpointTimers.DEFAULT.dtlsRetries());
  }

  private Set<ServerRole> roles() {
    try {
      return ServerRole.parse(roles);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--" + e.getMessage());
    }
  }

  private ServiceProvider provider() {
    try {
      return new ServiceProvider(
          new SpId(sp),
          mef == null ? new Fqdn("mef." + sp) : mef,
          maf == null ? new Fqdn("maf." + sp) : maf,
          cse,
          cseName,
          accessPoints(),
          new ServiceProvider.Lifetimes(keLifetime, kmLifetime, kcLifetime));
    } catch (IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  private List<String> accessPoints() {
    if (publicHost.isEmpty()) {
      return List.of();
    }
    if (HostText.parse(publicHost).port().isPresent()) {
      return List.of("coaps://" + publicHost);
    }
    if (coapsPort == 0) {
      throw new UsageError("--public-host: add the port nodes reach, as --coaps-port is 0");
    }
    return List.of("coaps://" + publicHost + ":" + coapsPort);
  }

  static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new UsageError(option + ": give a port from 0 to 65535");
    }
  }
}
