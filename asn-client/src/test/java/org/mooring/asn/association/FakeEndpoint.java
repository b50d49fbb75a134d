// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;

/** The other end of an association that answers requests as a test has it, and nothing else. */
public abstract class FakeEndpoint implements SecureEndpoint {
  @Override
  public void serve(RequestHandler handler) {}

  @Override
  public CompletionStage<SecureSession> connect() {
    return CompletableFuture.failedFuture(new NoAnswerException("connect"));
  }

  @Override
  public CompletionStage<SecureSession> resume() {
    return connect();
  }

  @Override
  public CompletionStage<BareResponse> exchange(BareRequest request) {
    return CompletableFuture.failedFuture(new NoAnswerException("exchange"));
  }

  @Override
  public TrafficMeter.Reading traffic() {
    return TrafficMeter.Reading.ZERO;
  }

  @Override
  public void close() {}
}
