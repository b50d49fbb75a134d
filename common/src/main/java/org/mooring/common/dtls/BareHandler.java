// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Answers the requests on some paths of a {@link SecureServer} that carry no oneM2M primitive. It
 * is called on a network thread, so it must return at once.
 */
public interface BareHandler {
  /** Serves no path. */
  BareHandler NONE =
      new BareHandler() {
        @Override
        public boolean serves(List<String> path) {
          return false;
        }

        @Override
        public CompletionStage<BareResponse> handle(BareRequest request, SecureSession session) {
          throw new IllegalStateException("no path is served");
        }
      };

  /** Whether requests on this path are for here; all others are primitives. */
  boolean serves(List<String> path);

  /**
   * The answer. A stage that fails is answered with 5.00.
   *
   * @param session the session that carried the request
   */
  CompletionStage<BareResponse> handle(BareRequest request, SecureSession session);
}
