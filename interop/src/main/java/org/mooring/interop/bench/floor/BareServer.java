// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.CoapServer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.eclipse.californium.elements.util.ExecutorsUtil;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.mooring.common.dtls.SecureServerSettings;

/**
 * Californium as it comes: a server that lets every client in and answers every request with octets
 * that mean nothing. The arguments are one plan for each path; its port is its only line of output.
 */
final class BareServer {
  private static final int CONNECTION_ID_OCTETS = 6;

  /**
   * More than a long measurement makes: a bare node that is closed leaves its connection here, and
   * Scandium without a place left spends its time on HelloVerifyRequests.
   */
  private static final int CONNECTIONS = 1_000_000;

  private BareServer() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments names of paths and their plans, in turns
   */
  public static void main(String[] arguments) throws Exception {
    // The sizes of Mooring's own server, read where that reads them.
    SecureServerSettings like =
        SecureServerSettings.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Configuration configuration =
        new Configuration(
            CoapConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            SystemConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS);
    DTLSConnector connector = new DTLSConnector(profile(configuration, like));
    ScheduledExecutorService main =
        ExecutorsUtil.newScheduledThreadPool(like.threads() + 1, new DaemonThreadFactory("bare-"));
    connector.setExecutor(main);
    CoapEndpoint endpoint =
        CoapEndpoint.builder().setConnector(connector).setConfiguration(configuration).build();
    CoapServer server = new CoapServer(configuration);
    server.setExecutors(
        main,
        new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory("bare-secondary-")),
        false);
    server.addEndpoint(endpoint);
    for (int i = 0; i < arguments.length; i += 2) {
      addPath(server, arguments[i], WalkPlan.parse(arguments[i + 1]));
    }
    server.start();
    System.out.println(endpoint.getAddress().getPort());
    Thread.currentThread().join();
  }

  private static DtlsConnectorConfig profile(
      Configuration configuration, SecureServerSettings like) {
    return DtlsConnectorConfig.builder(configuration)
        .setAddress(like.address())
        .setAdvancedPskStore(new AnyoneStore(BareNode.KEY))
        .set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY)
        .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8))
        .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
        .set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, true)
        .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST, true)
        .set(DtlsConfig.DTLS_USE_HELLO_VERIFY_REQUEST_FOR_PSK, true)
        .set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CONNECTION_ID_OCTETS)
        .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
        .set(DtlsConfig.DTLS_RECEIVE_BUFFER_SIZE, SecureServerSettings.RECEIVE_BUFFER)
        .set(DtlsConfig.DTLS_MAX_CONNECTIONS, CONNECTIONS)
        .set(
            DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD,
            like.staleAfter().toSeconds(),
            TimeUnit.SECONDS)
        .build();
  }

  private static void addPath(CoapServer server, String path, WalkPlan plan) {
    List<WalkPlan.Exchange> exchanges = plan.exchanges();
    for (int i = 0; i < exchanges.size(); i++) {
      server.add(new Answering(path + i, Padding.answer(exchanges.get(i).answer())));
    }
  }

  /** Answers with the same octets always. */
  private static final class Answering extends CoapResource {
    private final byte[] payload;

    Answering(String name, byte[] payload) {
      super(name, false);
      this.payload = payload;
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
      exchange.respond(CoAP.ResponseCode.CREATED, payload, MediaTypeRegistry.APPLICATION_CBOR);
    }
  }
}
