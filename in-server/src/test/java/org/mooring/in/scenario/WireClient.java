// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedSinglePskStore;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/**
 * A CoAP client below the primitives: it sends any option, any octets, and shows the answer as it
 * stood on the wire.
 */
public final class WireClient implements AutoCloseable {
  /** Response Status Code, current and first generation. */
  public static final int RSC = 307;

  public static final int RSC_LEGACY = 265;

  private static final int LARGEST_BODY = 2 << 20;
  private static final long PATIENCE_SECONDS = 20;

  private final CoapBinding binding = new CoapBinding();
  private final Connector connector;
  private final CoapEndpoint endpoint;
  private final EndpointContext server;

  private WireClient(Connector connector, Configuration configuration, EndpointContext server) {
    this.connector = connector;
    this.server = server;
    this.endpoint =
        CoapEndpoint.builder()
            .setConnector(connector)
            .setConfiguration(configuration)
            .setOptionRegistry(CoapBinding.optionRegistry())
            .build();
    try {
      endpoint.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no local UDP port", e);
    }
  }

  /** A client on plain CoAP. */
  public static WireClient plain(InetSocketAddress coap) {
    Configuration configuration = configuration();
    return new WireClient(
        new UDPConnector(loopback(), configuration),
        configuration,
        new AddressEndpointContext(coap));
  }

  /**
   * A client on DTLS, which shakes hands before its first request.
   *
   * @param serverName what to send as server name, null for none
   */
  public static WireClient secure(
      InetSocketAddress coaps, @Nullable Fqdn serverName, PskCredential credential) {
    Configuration configuration = configuration();
    DtlsConnectorConfig dtls =
        DtlsConnectorConfig.builder(configuration)
            .setAddress(loopback())
            .set(DtlsConfig.DTLS_ROLE, DtlsConfig.DtlsRole.CLIENT_ONLY)
            .set(DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8))
            .set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED)
            .set(DtlsConfig.DTLS_USE_SERVER_NAME_INDICATION, true)
            .set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1)
            .set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1)
            .setAdvancedPskStore(
                new AdvancedSinglePskStore(
                    credential.identity().toString(), credential.key().toByteArray()))
            .build();
    String name = serverName == null ? null : serverName.value();
    return new WireClient(
        new DTLSConnector(dtls), configuration, new AddressEndpointContext(coaps, name, null));
  }

  private static Configuration configuration() {
    Configuration configuration =
        new Configuration(
            CoapConfig.DEFINITIONS,
            UdpConfig.DEFINITIONS,
            DtlsConfig.DEFINITIONS,
            SystemConfig.DEFINITIONS);
    configuration.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, LARGEST_BODY);
    configuration.set(CoapConfig.PROTOCOL_STAGE_THREAD_COUNT, 1);
    configuration.set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1);
    configuration.set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
    return configuration;
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The CoAP request that carries a primitive, to be changed and sent. */
  public Request encode(RequestPrimitive primitive, Serialization serialization) {
    return binding.encodeRequest(primitive, serialization);
  }

  public Answer send(RequestPrimitive primitive) {
    return send(encode(primitive, Serialization.CBOR));
  }

  public Answer send(Request request) {
    CompletableFuture<Response> answered = new CompletableFuture<>();
    request.setDestinationContext(server);
    request.addMessageObserver(
        new MessageObserverAdapter() {
          @Override
          public void onResponse(Response response) {
            answered.complete(response);
          }

          @Override
          protected void failed() {
            answered.completeExceptionally(new IllegalStateException("no answer to " + request));
          }
        });
    endpoint.sendRequest(request);
    return new Answer(answered.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }

  /** Sends octets as they are and waits for nothing. */
  public void sendOctets(byte[] octets) {
    connector.send(RawData.outbound(octets, server, null, false));
  }

  /** A CoAP response. */
  public record Answer(Response response) {
    /** The CoAP code, class times 100 plus detail. */
    public int coapCode() {
      return response.getCode().codeClass * 100 + response.getCode().codeDetail;
    }

    /** The Response Status Code of the current generation's option, 0 where there is none. */
    public int statusCode() {
      return number(RSC);
    }

    /** The value of the only option with the number, 0 where there is none. */
    public int number(int option) {
      return response.getOptions().getOthers().stream()
          .filter(given -> given.getNumber() == option)
          .findFirst()
          .map(Option::getIntegerValue)
          .orElse(0);
    }

    /** The value of the only option with the number, empty where there is none. */
    public String text(int option) {
      return response.getOptions().getOthers().stream()
          .filter(given -> given.getNumber() == option)
          .findFirst()
          .map(Option::getStringValue)
          .orElse("");
    }

    /** Whether no option of oneM2M is in it. */
    public boolean isBare() {
      return response.getOptions().getOthers().isEmpty();
    }

    public String text() {
      return response.getPayloadString();
    }

    public boolean hasStatus(ResponseStatusCode status) {
      return statusCode() == status.code();
    }
  }

  @Override
  public void close() {
    endpoint.destroy();
  }
}
