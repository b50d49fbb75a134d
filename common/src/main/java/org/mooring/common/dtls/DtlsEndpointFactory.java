// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.Fqdn;

/** Opens endpoints on Scandium that share their threads, as {@link EndpointExecutors} says. */
public final class DtlsEndpointFactory implements SecureEndpointFactory {
  private static final int THREADS = 2;
  private static final long CLOSE_WITHIN_SECONDS = 3;

  private final EndpointTimers timers;
  private final Serialization serialization;
  private final EndpointExecutors executors;
  private final boolean ownsExecutors;
  private final boolean forwardSecrecy;
  private final TrafficMeter meter = new TrafficMeter();
  private final Set<DtlsEndpoint> open = ConcurrentHashMap.newKeySet();

  private DtlsEndpointFactory(
      EndpointTimers timers,
      Serialization serialization,
      EndpointExecutors executors,
      boolean ownsExecutors,
      boolean forwardSecrecy) {
    this.timers = timers;
    this.serialization = serialization;
    this.executors = executors;
    this.ownsExecutors = ownsExecutors;
    this.forwardSecrecy = forwardSecrecy;
  }

  /** A factory with threads of its own, which writes CBOR and offers plain PSK. */
  public static DtlsEndpointFactory create(EndpointTimers timers) {
    EndpointExecutors own = EndpointExecutors.create("coaps-client", THREADS);
    return new DtlsEndpointFactory(timers, Serialization.CBOR, own, true, false);
  }

  /**
   * A factory on threads of the caller's.
   *
   * @param executors shared with others, and still running after this factory is closed
   * @param forwardSecrecy whether to offer ECDHE_PSK before plain PSK
   */
  public static DtlsEndpointFactory create(
      EndpointTimers timers,
      Serialization serialization,
      EndpointExecutors executors,
      boolean forwardSecrecy) {
    return new DtlsEndpointFactory(timers, serialization, executors, false, forwardSecrecy);
  }

  /**
   * Makes what all endpoints of the process share, and returns when it is there: half of the work
   * of opening the first one. An endpoint that is opened meanwhile waits for it.
   */
  public static void prepare() {
    DtlsProfile.prepare();
  }

  @Override
  public SecureEndpoint open(
      InetSocketAddress server, Fqdn serverName, EndpointCredential credential) {
    DtlsEndpoint endpoint =
        DtlsEndpoint.open(
            new DtlsEndpoint.Target(server, serverName, credential),
            timers,
            serialization,
            executors,
            forwardSecrecy,
            meter.part());
    open.add(endpoint);
    var unused = endpoint.closed().thenRun(() -> open.remove(endpoint));
    return endpoint;
  }

  /** What passed the sockets of all endpoints so far, closed ones included. */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  @Override
  public void close() {
    List<DtlsEndpoint> left = List.copyOf(open);
    left.forEach(DtlsEndpoint::close);
    CompletableFuture<?>[] closed =
        left.stream().map(DtlsEndpoint::closed).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(closed)
        .completeOnTimeout(null, CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)
        .join();
    if (ownsExecutors) {
      executors.close();
    }
  }
}
