// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.EndpointContext;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * Sends request primitives through a CoAP endpoint and waits, without a thread, for the answers.
 */
final class OutboundRequests {
  /** How long an answer may come after the bare acknowledgement of its request. */
  private static final Duration AFTER_ACKNOWLEDGEMENT = Duration.ofSeconds(30);

  private final CoapBinding binding = new CoapBinding();
  private final CoapEndpoint endpoint;
  private final Serialization serialization;
  private final ScheduledExecutorService timer;
  private final Set<Request> pending = ConcurrentHashMap.newKeySet();

  OutboundRequests(
      CoapEndpoint endpoint, Serialization serialization, ScheduledExecutorService timer) {
    this.endpoint = endpoint;
    this.serialization = serialization;
    this.timer = timer;
  }

  /** A request that was never put on the wire, because its session had ended. */
  static final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSentException(Throwable cause) {
      super("the request was not sent", cause);
    }
  }

  /**
   * Sends one request, which is given up where its future is cancelled.
   *
   * @return fails with {@link NotSentException}, {@link NoAnswerException} or {@code
   *     RefusedException} for a request that has no CoAP form or an answer that can not be read, or
   *     is larger than this endpoint takes
   */
  CompletableFuture<ResponsePrimitive> send(RequestPrimitive primitive, EndpointContext to) {
    return send(
        primitive.toString(),
        () -> binding.encodeRequest(primitive, serialization),
        response -> binding.decodeResponse(response, primitive),
        to);
  }

  /** Sends one request that carries no primitive; fails alike. */
  CompletableFuture<BareResponse> send(BareRequest bare, EndpointContext to) {
    return send(bare.toString(), () -> BareCoap.write(bare), BareCoap::read, to);
  }

  private <T> CompletableFuture<T> send(
      String what, Supplier<Request> encoder, Function<Response, T> decoder, EndpointContext to) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      Request request = encoder.get();
      request.setDestinationContext(to);
      request.addMessageObserver(new Waiting<>(what, request, decoder, answer));
      pending.add(request);
      var unused = answer.whenComplete((ready, failure) -> end(request, answer.isCancelled()));
      endpoint.sendRequest(request);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private void end(Request request, boolean cancelled) {
    pending.remove(request);
    if (cancelled) {
      request.cancel();
    }
  }

  /** Fails whatever is unanswered. */
  void cancelAll() {
    List.copyOf(pending).forEach(Request::cancel);
  }

  private final class Waiting<T> extends MessageObserverAdapter {
    private final String what;
    private final Request request;
    private final Function<Response, T> decoder;
    private final CompletableFuture<T> answer;

    Waiting(
        String what, Request request, Function<Response, T> decoder, CompletableFuture<T> answer) {
      this.what = what;
      this.request = request;
      this.decoder = decoder;
      this.answer = answer;
    }

    @Override
    public void onResponse(Response response) {
      try {
        answer.complete(decoder.apply(response));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onAcknowledgement() {
      var limit =
          timer.schedule(request::cancel, AFTER_ACKNOWLEDGEMENT.toMillis(), TimeUnit.MILLISECONDS);
      var unused = answer.whenComplete((ready, failure) -> limit.cancel(false));
    }

    @Override
    public void onTimeout() {
      fail("its last retransmission went unanswered");
    }

    @Override
    public void onReject() {
      fail("the peer rejected it with a reset");
    }

    @Override
    public void onCancel() {
      fail("the answer did not follow its acknowledgement, or the endpoint was closed");
    }

    /** Its blocks came, so that the session is none the worse. */
    @Override
    public void onResponseHandlingError(Throwable error) {
      answer.completeExceptionally(Refusal.ANSWER_TOO_LARGE.of("answer"));
    }

    @Override
    public void onSendError(Throwable error) {
      if (request.isSent()) {
        fail("the session ended while the answer was due");
      } else {
        answer.completeExceptionally(new NotSentException(error));
      }
    }

    private void fail(String reason) {
      answer.completeExceptionally(new NoAnswerException(what + ": " + reason));
    }
  }
}
