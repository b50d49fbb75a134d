// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.interop.crash.KnownKeys.Known;

/** Tries keys over the wire: for a handshake, and for being retrieved by a client. */
final class KeyProbe {
  private final SecureEndpointFactory endpoints;
  private final InetSocketAddress server;

  KeyProbe(SecureEndpointFactory endpoints, InetSocketAddress server) {
    this.endpoints = endpoints;
    this.server = server;
  }

  /** Those of the keys that open a session with their function; all are tried at once. */
  List<Known> opening(Collection<Known> keys) {
    List<CompletableFuture<Boolean>> tries =
        keys.stream().map(key -> opens(key.function(), key.credential())).toList();
    List<Known> opening = new ArrayList<>();
    int at = 0;
    for (Known key : keys) {
      if (tries.get(at++).join()) {
        opening.add(key);
      }
    }
    return opening;
  }

  private CompletableFuture<Boolean> opens(Fqdn function, PskCredential credential) {
    SecureEndpoint endpoint = endpoints.open(server, function, credential);
    return endpoint
        .connect()
        .handle((session, failure) -> failure == null)
        .whenComplete((opened, failure) -> endpoint.close())
        .toCompletableFuture();
  }

  /**
   * Those of the keys that one client gets at a function.
   *
   * @param reader what the client opens its session with
   */
  List<KeyIdentifier> retrieved(
      Fqdn function, PskCredential reader, Collection<KeyIdentifier> keys) {
    List<KeyIdentifier> retrieved = new ArrayList<>();
    try (SecureEndpoint endpoint = endpoints.open(server, function, reader)) {
      endpoint.connect().toCompletableFuture().join();
      for (KeyIdentifier key : keys) {
        RequestPrimitive request =
            RequestPrimitive.builder(
                    Operation.RETRIEVE,
                    TrustResourceNames.below(function, key.relative()),
                    RequestIds.random())
                .build();
        if (endpoint.send(request).toCompletableFuture().join().status().isSuccess()) {
          retrieved.add(key);
        }
      }
    }
    return retrieved;
  }
}
