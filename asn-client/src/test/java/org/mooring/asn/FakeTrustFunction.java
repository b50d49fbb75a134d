// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.resource.TrustResourceNames;

/** What MEF and MAF have in common: they register clients, and the key of each handshake. */
abstract class FakeTrustFunction implements FakeFunction {
  private final FakeProvider provider;
  private final FakeKeys keys;
  private final ExporterLabel label;
  private final ResourceType registration;

  FakeTrustFunction(
      FakeProvider provider, FakeKeys keys, ExporterLabel label, ResourceType registration) {
    this.provider = provider;
    this.keys = keys;
    this.label = label;
    this.registration = registration;
  }

  @Override
  public ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request) {
    if (request.operation() == Operation.DELETE) {
      return ResponsePrimitive.of(ResponseStatusCode.DELETED, request.requestId());
    }
    return isOf(TrustResourceNames.SYMM_KEY_REG, request)
        ? keyRegistration(session, request)
        : clientRegistration(session, request);
  }

  /** What nodes are configured with. */
  final ClientConfiguration configuration() {
    return provider.configuration();
  }

  /** Those of the whole provider. */
  final FakeKeys keys() {
    return keys;
  }

  static boolean isOf(ResourceType type, RequestPrimitive request) {
    return request.resourceType().orElse(0) == type.code();
  }

  private ResponsePrimitive keyRegistration(FakeProviderSession session, RequestPrimitive request) {
    ExportedKey exported = session.registeredKey(label);
    Attributes wanted = request.content().orElseThrow().attributes();
    KeyUsage usage = KeyUsage.of(wanted.whole("suid").orElseThrow()).orElseThrow();
    register(session, exported, usage, wanted.texts("tgis").get(0));
    Attributes answer =
        Attributes.builder()
            .put("ri", exported.id().value())
            .put("et", provider.end())
            .put("ct", FakeProvider.NOW)
            .put("suid", usage.suid())
            .put("tgis", wanted.texts("tgis"))
            .build();
    return ResponsePrimitive.of(
        ResponseStatusCode.CREATED,
        request.requestId(),
        Representation.of(TrustResourceNames.SYMM_KEY_REG.root(), answer));
  }

  /** Has the key that a handshake made open sessions with its target. */
  abstract void register(
      FakeProviderSession session, ExportedKey exported, KeyUsage usage, String target);

  private ResponsePrimitive clientRegistration(
      FakeProviderSession session, RequestPrimitive request) {
    Attributes.Builder answer =
        Attributes.builder().put("et", provider.end()).put("ct", FakeProvider.NOW);
    tell(session, request, answer);
    return ResponsePrimitive.of(
        request.operation() == Operation.CREATE
            ? ResponseStatusCode.CREATED
            : ResponseStatusCode.UPDATED,
        request.requestId(),
        Representation.of(registration.root(), answer.build()));
  }

  /** Puts what this function tells a client that registers or prolongs. */
  abstract void tell(
      FakeProviderSession session, RequestPrimitive request, Attributes.Builder answer);
}
