// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuiteParameters;
import org.eclipse.californium.scandium.dtls.cipher.DefaultCipherSuiteSelector;

/**
 * The DTLS profile (TS-0003 clause 10.2) and the CoAP transmission parameters, in one place.
 *
 * <ul>
 *   <li>DTLS 1.2 with {@code TLS_PSK_WITH_AES_128_CCM_8}; a server takes the ECDHE_PSK variant (RFC
 *       8442) first where the client offers it. A client offers it only on request, for it costs
 *       ten times the processor time.
 *   <li>A server with certificates also takes {@code TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8} (TS-0003
 *       clause 10.2.3), and then wants one of the client, or a raw public key (RFC 7250).
 *   <li>The extended master secret (RFC 7627) is required: without it a session has no id, and its
 *       exported keys are not bound to the handshake.
 *   <li>Connection ids (RFC 9146) of 6 octets toward a server, none toward a client.
 *   <li>Server name indication and HelloVerifyRequest are always on.
 * </ul>
 */
final class DtlsProfile {
  private static final int SERVER_CONNECTION_ID_OCTETS = 6;
  private static final int NO_CONNECTION_ID = 0;

  private static final int MAC_ERRORS = 8;
  private static final int MAC_QUIET_SECONDS = 5;

  /** One server, and room for the connection that replaces a failed one. */
  private static final int CLIENT_CONNECTIONS = 4;

  private static final Duration OUTLASTS_A_LOOK_UP = PskLookup.ANSWER_WITHIN.plusSeconds(1);

  private static final CipherSuite PSK = CipherSuite.TLS_PSK_WITH_AES_128_CCM_8;
  private static final CipherSuite ECDHE_PSK = CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256;

  private static final CipherSuite ECDHE_ECDSA = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8;

  /** What all endpoints share, each of which gets a copy. */
  private static final Configuration DEFAULTS = defaults();

  /** Those of a client with a key, whose suites are checked once and not for each endpoint. */
  private static final Configuration PSK_CLIENT = client(List.of(PSK));

  private static final Configuration FORWARD_SECRET_CLIENT = client(List.of(ECDHE_PSK, PSK));
  private static final Configuration CERTIFICATE_CLIENT = client(List.of(ECDHE_ECDSA));

  /** The definitions are looked through each time one is made without another to copy. */
  private static final Configuration COAP_DEFAULTS =
      new Configuration(CoapConfig.DEFINITIONS, UdpConfig.DEFINITIONS, SystemConfig.DEFINITIONS);

  private DtlsProfile() {}

  /** Returns once this class is initialised, and with it what it needs of Scandium. */
  static void prepare() {
    Objects.requireNonNull(COAP_DEFAULTS);
  }

  /** A server's part where clients show certificates too. */
  static void addCertificates(DtlsConnectorConfig.Builder server) {
    server
        .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(ECDHE_PSK, PSK, ECDHE_ECDSA))
        .set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED);
  }

  static DtlsConnectorConfig.Builder server(SecureServerSettings settings) {
    return builder(DEFAULTS, settings.timers())
        .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
        .setAddress(settings.address())
        .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, serverRetries(settings.timers()))
        .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(ECDHE_PSK, PSK))
        .setCipherSuiteSelector(new ForwardSecrecyFirst())
        .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, SERVER_CONNECTION_ID_OCTETS)
        .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, SecureServerSettings.RECEIVE_BUFFER)
        .set(DtlsConfig.DTLS_MAX_CONNECTIONS, settings.maxConnections())
        .set(
            DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD,
            settings.staleAfter().toSeconds(),
            TimeUnit.SECONDS)
        .set(DtlsConfig.DTLS_MAC_ERROR_FILTER_QUIET_TIME, MAC_QUIET_SECONDS, TimeUnit.SECONDS)
        .set(DtlsConfig.DTLS_MAC_ERROR_FILTER_THRESHOLD, MAC_ERRORS);
  }

  static DtlsConnectorConfig.Builder client(EndpointTimers timers, boolean forwardSecrecy) {
    return client(forwardSecrecy ? FORWARD_SECRET_CLIENT : PSK_CLIENT, timers);
  }

  /**
   * A client that shows a certificate or a raw public key; the server's name is checked by its
   * verifier.
   */
  static DtlsConnectorConfig.Builder certificateClient(EndpointTimers timers) {
    return client(CERTIFICATE_CLIENT, timers)
        .set(DtlsConfig.DTLS_VERIFY_SERVER_CERTIFICATES_SUBJECT, false);
  }

  private static DtlsConnectorConfig.Builder client(
      Configuration configuration, EndpointTimers timers) {
    return builder(configuration, timers).setAddress(new InetSocketAddress(0));
  }

  private static DtlsConnectorConfig.Builder builder(
      Configuration configuration, EndpointTimers timers) {
    return DtlsConnectorConfig.builder(configuration)
        .set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, timers.dtlsRetries())
        .set(
            DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT,
            timers.dtlsTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Configuration client(List<CipherSuite> suites) {
    return new Configuration(DEFAULTS)
        .set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY)
        .set(DtlsConfig.DTLS_CIPHER_SUITES, suites)
        .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, NO_CONNECTION_ID)
        .set(DtlsConfig.DTLS_MAX_CONNECTIONS, CLIENT_CONNECTIONS)
        .set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, 1, TimeUnit.SECONDS);
  }

  /** With what the JVM has of ciphers and curves, which takes its time to find out. */
  private static Configuration defaults() {
    return new Configuration(DtlsConfig.DEFINITIONS, SystemConfig.DEFINITIONS)
        .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
        .set(DtlsConfig.DTLS_SUPPORT_KEY_MATERIAL_EXPORT, true)
        .set(DtlsConfig.DTLS_SERVER_USE_SESSION_ID, true)
        .set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, true)
        .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true)
        .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST_FOR_PSK, true)
        .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1);
  }

  /**
   * @param maxBodyOctets the largest body that is put together from blocks (RFC 7959)
   */
  static Configuration coap(EndpointTimers timers, int maxBodyOctets) {
    Configuration configuration = new Configuration(COAP_DEFAULTS);
    configuration.set(
        CoapConfig.ACK_TIMEOUT, timers.ackTimeout().toMillis(), TimeUnit.MILLISECONDS);
    configuration.set(CoapConfig.MAX_RETRANSMIT, timers.retries());
    configuration.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, maxBodyOctets);
    return configuration;
  }

  /**
   * As many as wanted, and no fewer than outlast a credential look-up: Scandium ends a handshake
   * with an alert when its timer runs out during one.
   */
  private static int serverRetries(EndpointTimers timers) {
    int retries = timers.dtlsRetries();
    while (timers.dtlsTimeout().multipliedBy(1L << retries).compareTo(OUTLASTS_A_LOOK_UP) < 0) {
      retries++;
    }
    return retries;
  }

  /** Takes a suite with an ephemeral exchange before one without, whatever the client prefers. */
  private static final class ForwardSecrecyFirst extends DefaultCipherSuiteSelector {
    @Override
    public boolean select(CipherSuiteParameters parameters) {
      return (parameters.getCipherSuites().contains(ECDHE_PSK) && select(ECDHE_PSK, parameters))
          || super.select(parameters);
    }
  }
}
