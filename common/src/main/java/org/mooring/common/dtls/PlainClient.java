// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;

/** Asks a {@link PlainResource}, from a socket of its own. */
public final class PlainClient implements AutoCloseable {
  /** Of an answer, in octets. */
  private static final int MAX_BODY = 4096;

  private final CoapEndpoint endpoint;
  private final EndpointExecutors executors;
  private final TrafficMeter meter;
  private final InetSocketAddress server;
  private final String path;

  private PlainClient(
      CoapEndpoint endpoint,
      EndpointExecutors executors,
      TrafficMeter meter,
      InetSocketAddress server,
      String path) {
    this.endpoint = endpoint;
    this.executors = executors;
    this.meter = meter;
    this.server = server;
    this.path = path;
  }

  /**
   * Opens a socket.
   *
   * @param path the resource's path, one segment
   * @throws UncheckedIOException if no socket is to be had
   */
  public static PlainClient open(InetSocketAddress server, String path, EndpointTimers timers) {
    EndpointExecutors executors = EndpointExecutors.create("coap-client", 1);
    TrafficMeter meter = new TrafficMeter();
    Configuration configuration = DtlsProfile.coap(timers, MAX_BODY);
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(new MeteredUdpConnector(new InetSocketAddress(0), configuration, meter))
            .setConfiguration(configuration)
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    PlainClient client = new PlainClient(endpoint, executors, meter, server, path);
    try {
      endpoint.start();
      return client;
    } catch (IOException e) {
      client.close();
      throw new UncheckedIOException("no socket for a plain client", e);
    }
  }

  /**
   * Sends a POST.
   *
   * @return the answer; fails with {@link NoAnswerException} where none came
   */
  public CompletionStage<PlainMessage> post(byte[] payload) {
    CompletableFuture<PlainMessage> answer = new CompletableFuture<>();
    Request request = Request.newPost();
    request.getOptions().setUriPath(path);
    request.setPayload(payload);
    request.setDestinationContext(new AddressEndpointContext(server));
    request.addMessageObserver(new Waiting(answer));
    endpoint.sendRequest(request);
    return answer;
  }

  /** What passed the socket so far. */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  /** Fails what is unanswered, closes the socket and waits for its threads. */
  @Override
  public void close() {
    endpoint.destroy();
    executors.close();
  }

  private static final class Waiting extends MessageObserverAdapter {
    private final CompletableFuture<PlainMessage> answer;

    Waiting(CompletableFuture<PlainMessage> answer) {
      this.answer = answer;
    }

    @Override
    public void onResponse(Response response) {
      answer.complete(new PlainMessage(CoapCodes.of(response.getCode()), response.getPayload()));
    }

    @Override
    protected void failed() {
      answer.completeExceptionally(new NoAnswerException("the server did not answer over CoAP"));
    }
  }
}
