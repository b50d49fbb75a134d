// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.californium.core.coap.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the requests that carry no primitive to their handler, with what any answer may be. */
final class BareDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(BareDispatcher.class);

  private static final int BAD_OPTION = 402;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL_ERROR = 500;

  private final BareHandler handler;
  private final int maxBodyOctets;

  BareDispatcher(BareHandler handler, int maxBodyOctets) {
    this.handler = handler;
    this.maxBodyOctets = maxBodyOctets;
  }

  boolean serves(Request request) {
    return handler.serves(request.getOptions().getUriPath());
  }

  /** This stage never fails. */
  CompletionStage<BareResponse> answer(Request request, SecureSession session) {
    if (BareCoap.hasForeignOption(request)) {
      return refused(BAD_OPTION, "leave out critical options that the path does not define");
    }
    if (request.getPayloadSize() > maxBodyOctets) {
      return refused(TOO_LARGE, "keep the content below " + maxBodyOctets + " octets");
    }
    return handle(BareCoap.read(request), session).exceptionally(BareDispatcher::failed);
  }

  private CompletionStage<BareResponse> handle(BareRequest request, SecureSession session) {
    try {
      return handler.handle(request, session);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static BareResponse failed(Throwable failure) {
    LOG.error("a request failed", failure);
    return BareResponse.error(
        INTERNAL_ERROR, "try again later; the server's log has the reason", Duration.ZERO);
  }

  private static CompletionStage<BareResponse> refused(int code, String remedy) {
    return CompletableFuture.completedStage(BareResponse.error(code, remedy, Duration.ZERO));
  }
}
