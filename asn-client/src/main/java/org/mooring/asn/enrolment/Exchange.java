// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * An endpoint whose stages continue on the node's executor, where waiting for the disk is allowed.
 */
public final class Exchange implements Sender, AutoCloseable {
  private final SecureEndpoint endpoint;
  private final Executor executor;

  public Exchange(SecureEndpoint endpoint, Executor executor) {
    this.endpoint = endpoint;
    this.executor = executor;
  }

  /** See {@link SecureEndpoint#serve}. */
  public void serve(RequestHandler handler) {
    endpoint.serve(handler);
  }

  /** See {@link SecureEndpoint#connect()}. */
  public CompletionStage<SecureSession> connect() {
    return endpoint.connect().thenApplyAsync(session -> session, executor);
  }

  /** See {@link SecureEndpoint#resume()}. */
  public CompletionStage<SecureSession> resume() {
    return endpoint.resume().thenApplyAsync(session -> session, executor);
  }

  /** See {@link SecureEndpoint#send}. */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return endpoint.send(request).thenApplyAsync(answer -> answer, executor);
  }

  /** See {@link SecureEndpoint#exchange}. */
  public CompletionStage<BareResponse> exchange(BareRequest request) {
    return endpoint.exchange(request).thenApplyAsync(answer -> answer, executor);
  }

  public TrafficMeter.Reading traffic() {
    return endpoint.traffic();
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
