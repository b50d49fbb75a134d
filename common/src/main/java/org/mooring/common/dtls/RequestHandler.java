// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** Answers requests; called on a network thread, so it must return at once. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * A request with where it came from.
   *
   * @param session the session that carried it, empty on the plain port
   * @param showsOptions whether the client sent any oneM2M option
   */
  record Inbound(
      RequestPrimitive request,
      Optional<SecureSession> session,
      InetSocketAddress peer,
      boolean showsOptions) {}

  /**
   * The answer. A stage that fails with {@code RefusedException} answers with its refusal, with
   * anything else with INTERNAL_ERROR.
   */
  CompletionStage<ResponsePrimitive> handle(Inbound inbound);
}
