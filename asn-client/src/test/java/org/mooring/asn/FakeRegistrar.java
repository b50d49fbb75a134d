// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;

/** The IN-CSE of {@link FakeProvider}: one node registers there, which it may relay for. */
final class FakeRegistrar implements FakeFunction {
  private final FakeProvider provider;
  private final FakeKeys keys;
  private final FakeMaf maf;
  private boolean remoteCse;

  FakeRegistrar(FakeProvider provider, FakeKeys keys, FakeMaf maf) {
    this.provider = provider;
    this.keys = keys;
    this.maf = maf;
  }

  boolean hasRemoteCse() {
    return remoteCse;
  }

  void dropRemoteCse() {
    remoteCse = false;
  }

  @Override
  public ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request) {
    String relayed = TrustResourceNames.baseOf(provider.configuration().registrarFqdn());
    if (request.to().startsWith(relayed)) {
      return relayed(session, request);
    }
    if (request.operation() == Operation.DELETE) {
      remoteCse = false;
      return deleted(request);
    }
    return registration(request);
  }

  /** A CSE that relays nothing misses From of a request for a trust function. */
  private ResponsePrimitive relayed(FakeProviderSession session, RequestPrimitive request) {
    if (!provider.relays) {
      throw Refusal.MISSING_PARAMETER.of("From");
    }
    if (request.operation() == Operation.DELETE) {
      return deleted(request);
    }
    if (session.isResumed()) {
      throw Refusal.NEW_HANDSHAKE_NEEDED.of("appAssociation");
    }
    return maf.association(session, keys.masterOf(session.credential()), request);
  }

  private static ResponsePrimitive deleted(RequestPrimitive request) {
    return ResponsePrimitive.of(ResponseStatusCode.DELETED, request.requestId());
  }

  private ResponsePrimitive registration(RequestPrimitive request) {
    boolean isOfNode = request.to().equals("/id-in/-/asn-0123456789ab");
    boolean registers =
        request.operation() == Operation.CREATE
            && request.resourceType().orElse(0) == CseResources.REMOTE_CSE.code();
    if (registers && remoteCse) {
      throw Refusal.ALREADY_REGISTERED.of("From");
    }
    remoteCse |= registers;
    if (isOfNode && !remoteCse) {
      throw Refusal.NO_SUCH_RESOURCE.of("To");
    }
    Attributes csr =
        Attributes.builder()
            .put("ri", "csr1")
            .put("rn", "asn-0123456789ab")
            .put("et", provider.end())
            .build();
    return ResponsePrimitive.of(
        statusOf(request, registers),
        request.requestId(),
        Representation.of(CseResources.REMOTE_CSE.root(), csr));
  }

  private static ResponseStatusCode statusOf(RequestPrimitive request, boolean registers) {
    if (registers) {
      return ResponseStatusCode.CREATED;
    }
    return request.operation() == Operation.UPDATE
        ? ResponseStatusCode.UPDATED
        : ResponseStatusCode.OK;
  }
}
