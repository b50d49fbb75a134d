// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.RequestPrimitive;

/** A node that goes through the motions: the handshakes and exchanges of a plan, nothing more. */
final class BareNode implements AutoCloseable {
  /** Every node's, known to the server: 32 octets as derived keys have. */
  static final SecretKeyBytes KEY = SecretKeyBytes.copyOf(new byte[SecretKeyBytes.DERIVED_LENGTH]);

  private static final Fqdn SERVER_NAME = new Fqdn("mef.sp.example.org");

  private final List<List<RequestPrimitive>> requests;
  private final SecureEndpointFactory endpoints;
  private final InetSocketAddress server;
  private @Nullable SecureEndpoint open;

  /**
   * @param requests of each session
   */
  BareNode(
      List<List<RequestPrimitive>> requests,
      SecureEndpointFactory endpoints,
      InetSocketAddress server) {
    this.requests = requests;
    this.endpoints = endpoints;
    this.server = server;
  }

  /** Walks; the last session stays open, as a registered node's does. */
  CompletionStage<?> walk() {
    CompletionStage<?> walked = CompletableFuture.completedFuture(null);
    for (List<RequestPrimitive> session : requests) {
      walked = walked.thenCompose(before -> exchange(session));
    }
    return walked;
  }

  private CompletionStage<?> exchange(List<RequestPrimitive> session) {
    close();
    SecureEndpoint endpoint = endpoints.open(server, SERVER_NAME, new PskCredential(name(), KEY));
    synchronized (this) {
      open = endpoint;
    }
    CompletionStage<?> exchanged = endpoint.connect();
    for (RequestPrimitive request : session) {
      exchanged = exchanged.thenCompose(before -> endpoint.send(request));
    }
    return exchanged;
  }

  /** As long as the names of keys are. */
  private static KeyIdentifier name() {
    String hex = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    return new KeyIdentifier(hex, SERVER_NAME);
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
