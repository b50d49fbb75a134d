// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One resource on a plain {@code coap} port that takes octets by POST and answers with octets: for
 * procedures that come before there is a key, and that bring their own protection. Everything else
 * on the port is 4.04 or 4.05.
 */
public final class PlainResource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlainResource.class);
  private static final int THREADS = 2;

  /** Of a request, in octets; more is 4.13, and takes no second block. */
  private static final int MAX_BODY = 1024;

  private final CoapEndpoint endpoint;
  private final EndpointExecutors executors;

  private PlainResource(CoapEndpoint endpoint, EndpointExecutors executors) {
    this.endpoint = endpoint;
    this.executors = executors;
  }

  /**
   * Opens the port and serves.
   *
   * @param address where to listen; port 0 takes any free one
   * @param path the resource's path, one segment
   * @param handler answers a payload of a peer; runs on a network thread, so it does not wait
   * @throws UncheckedIOException if the address can not be bound
   */
  public static PlainResource start(
      InetSocketAddress address,
      String path,
      BiFunction<byte[], InetSocketAddress, CompletionStage<PlainMessage>> handler) {
    EndpointExecutors executors = EndpointExecutors.create("coap-" + path, THREADS);
    Configuration configuration = DtlsProfile.coap(EndpointTimers.DEFAULT, MAX_BODY);
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(new MeteredUdpConnector(address, configuration, new TrafficMeter()))
            .setConfiguration(configuration)
            .setCoapStackFactory(new BoundedCoapStack())
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    endpoint.setMessageDeliverer(new Deliverer(path, handler));
    PlainResource resource = new PlainResource(endpoint, executors);
    try {
      endpoint.start();
      return resource;
    } catch (IOException e) {
      resource.close();
      throw new UncheckedIOException("can not listen on " + address, e);
    }
  }

  /** The port in use. */
  public int port() {
    return endpoint.getAddress().getPort();
  }

  /** Closes the port and waits for its threads. */
  @Override
  public void close() {
    endpoint.destroy();
    executors.close();
  }

  private record Deliverer(
      String path, BiFunction<byte[], InetSocketAddress, CompletionStage<PlainMessage>> handler)
      implements MessageDeliverer {
    @Override
    public void deliverRequest(Exchange exchange) {
      Request request = exchange.getRequest();
      if (!request.getOptions().getUriPathString().equals(path)) {
        exchange.sendResponse(new Response(ResponseCode.NOT_FOUND));
      } else if (request.getCode() != Code.POST) {
        exchange.sendResponse(new Response(ResponseCode.METHOD_NOT_ALLOWED));
      } else {
        answer(exchange, request.getPayload(), request.getSourceContext().getPeerAddress());
      }
    }

    private void answer(Exchange exchange, byte[] payload, InetSocketAddress peer) {
      var unused =
          handler
              .apply(payload, peer)
              .whenComplete(
                  (answer, failure) ->
                      exchange.execute(() -> exchange.sendResponse(response(answer, failure))));
    }

    private static Response response(@Nullable PlainMessage answer, @Nullable Throwable failure) {
      if (answer == null) {
        LOG.error("a request on a plain resource failed", failure);
        return new Response(ResponseCode.INTERNAL_SERVER_ERROR);
      }
      Response response = new Response(CoapCodes.of(answer.code()));
      response.setPayload(answer.payload());
      response.getOptions().setMaxAge(0);
      return response;
    }

    /** Responses only come to endpoints that send requests. */
    @Override
    public void deliverResponse(Exchange exchange, Response response) {
      LOG.debug("a response without a request was dropped");
    }
  }
}
