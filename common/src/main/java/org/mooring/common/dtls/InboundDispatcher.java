// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.EndpointContext;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.DecodedRequest;
import org.mooring.common.codec.ReplyStyle;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResponsePrimitive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands every request, whatever its path, to the one handler and its answer back to the client; but
 * for those paths of a secure port that carry no primitives.
 *
 * <p>An answer that is ready soon rides on the acknowledgement. For a later one the request is
 * acknowledged first, so that the client stops repeating it, and the answer follows as a message of
 * its own (RFC 7252 clause 5.2.2).
 */
final class InboundDispatcher implements MessageDeliverer {
  private static final Logger LOG = LoggerFactory.getLogger(InboundDispatcher.class);

  /** A quarter of the shortest acknowledgement time-out of RFC 7252. */
  private static final long ACKNOWLEDGE_AFTER_MILLIS = 500;

  private final CoapBinding binding = new CoapBinding();
  private final RequestHandler handler;
  private final BareDispatcher bare;
  private final Sessions sessions;
  private final int maxBodyOctets;
  private final ScheduledExecutorService timer;

  /** Finds the session that a request came over. */
  @FunctionalInterface
  interface Sessions {
    /** For a port without sessions. */
    Sessions NONE = context -> Optional.empty();

    Optional<? extends SecureSession> find(EndpointContext context);
  }

  InboundDispatcher(
      RequestHandler handler,
      BareHandler bare,
      Sessions sessions,
      int maxBodyOctets,
      ScheduledExecutorService timer) {
    this.handler = handler;
    this.bare = new BareDispatcher(bare, maxBodyOctets);
    this.sessions = sessions;
    this.maxBodyOctets = maxBodyOctets;
    this.timer = timer;
  }

  @Override
  public void deliverRequest(Exchange exchange) {
    Request request = exchange.getRequest();
    Optional<? extends SecureSession> session = sessions.find(request.getSourceContext());
    if (session.isEmpty() && sessions != Sessions.NONE) {
      exchange.sendReject();
      return;
    }
    if (session.isPresent() && bare.serves(request)) {
      deliver(exchange, bare.answer(request, session.get()), BareCoap::write);
    } else {
      deliver(exchange, answer(request, session.map(SecureSession.class::cast)), this::encode);
    }
  }

  private <T> void deliver(
      Exchange exchange, CompletionStage<T> answer, Function<T, Response> encoder) {
    Future<?> acknowledgement = acknowledgeLater(exchange, answer);
    var unused =
        answer.whenComplete(
            (ready, failure) -> {
              acknowledgement.cancel(false);
              exchange.execute(() -> send(exchange, ready, encoder));
            });
  }

  /** Where this end sends requests as well, whoever sent one waits with it. */
  @Override
  public void deliverResponse(Exchange exchange, Response response) {
    exchange.getRequest().setResponse(response);
  }

  /** What to say and how; this stage never fails. */
  private CompletionStage<Answer> answer(Request request, Optional<SecureSession> session) {
    DecodedRequest decoded;
    try {
      decoded = decode(request);
    } catch (RuntimeException e) {
      ReplyStyle style = binding.replyStyle(request);
      return CompletableFuture.completedFuture(new Answer(refusal(e, style.requestId()), style));
    }
    ReplyStyle style = decoded.style();
    String requestId = decoded.request().requestId();
    RequestHandler.Inbound inbound =
        new RequestHandler.Inbound(
            decoded.request(),
            session,
            request.getSourceContext().getPeerAddress(),
            style.showsOptions());
    return handle(inbound)
        .handle(
            (response, failure) ->
                new Answer(failure == null ? response : refusal(failure, requestId), style));
  }

  private DecodedRequest decode(Request request) {
    if (request.getPayloadSize() > maxBodyOctets) {
      throw Refusal.BODY_TOO_LARGE.of("content");
    }
    return binding.decodeRequest(request);
  }

  private CompletionStage<ResponsePrimitive> handle(RequestHandler.Inbound inbound) {
    try {
      return handler.handle(inbound);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static ResponsePrimitive refusal(Throwable failure, String requestId) {
    Throwable cause = Failures.causeOf(failure);
    if (cause instanceof RefusedException refused) {
      return ResponsePrimitive.refused(refused, requestId);
    }
    LOG.error("a request failed", cause);
    return ResponsePrimitive.refused(Refusal.INTERNAL_ERROR.of("request"), requestId);
  }

  private Future<?> acknowledgeLater(Exchange exchange, CompletionStage<?> answer) {
    if (answer.toCompletableFuture().isDone()) {
      return CompletableFuture.completedFuture(null);
    }
    return timer.schedule(
        () -> exchange.execute(exchange::sendAccept),
        ACKNOWLEDGE_AFTER_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private static <T> void send(
      Exchange exchange, @Nullable T answer, Function<T, Response> encoder) {
    if (answer == null || exchange.isComplete()) {
      return;
    }
    exchange.sendResponse(encoder.apply(answer));
  }

  private Response encode(Answer answer) {
    try {
      return binding.encodeResponse(answer.response(), answer.style());
    } catch (RuntimeException e) {
      String requestId = answer.response().requestId();
      return binding.encodeResponse(refusal(e, requestId), answer.style());
    }
  }

  private record Answer(ResponsePrimitive response, ReplyStyle style) {}
}
