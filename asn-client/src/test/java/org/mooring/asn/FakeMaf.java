// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.TrustResourceNames;

/** The MAF of {@link FakeProvider}: it gives KmIds, distributes Kc and associates applications. */
final class FakeMaf extends FakeTrustFunction {
  private final FakeApplications applications;

  FakeMaf(FakeProvider provider, FakeKeys keys, FakeApplications applications) {
    super(provider, keys, ExporterLabel.CONNECTION, TrustResourceNames.MAF_CLIENT_REG);
    this.applications = applications;
  }

  @Override
  public ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request) {
    return isOf(TrustResourceNames.APP_ASSOCIATION, request)
        ? association(session, keys().opening(session), request)
        : super.answer(session, request);
  }

  /**
   * Associates an application, also for the registrar that relays what was asked there.
   *
   * @param session the node's
   */
  ResponsePrimitive association(
      FakeProviderSession session, SecretKeyBytes km, RequestPrimitive request) {
    Attributes given = request.content().orElseThrow().attributes();
    Attributes answer = applications.associate(km, session.channelBinding(), given);
    KeyIdentifier kaId = KeyIdentifier.parse(answer.text("kaid").orElseThrow());
    keys().put(configuration().maf(), kaId, applications.key(km, given, kaId));
    return ResponsePrimitive.of(
        ResponseStatusCode.CREATED,
        request.requestId(),
        Representation.of(TrustResourceNames.APP_ASSOCIATION.root(), answer));
  }

  @Override
  void tell(FakeProviderSession session, RequestPrimitive request, Attributes.Builder answer) {
    Fqdn maf = configuration().maf();
    KeyIdentifier opened = session.credential();
    boolean hasKmId = opened.issuer().equals(maf);
    KeyIdentifier kmId = hasKmId ? opened : new KeyIdentifier("km-" + opened.relative(), maf);
    keys().put(maf, kmId, keys().opening(session));
    boolean isUpdate = request.operation() == Operation.UPDATE;
    answer.put("ri", "mafreg").put("aski", (isUpdate ? opened : kmId).toString());
  }

  @Override
  void register(FakeProviderSession session, ExportedKey exported, KeyUsage usage, String target) {
    ClientConfiguration told = configuration();
    keys()
        .distribute(
            EntityId.of(target).fqdn(told.registrar().sp()),
            exported.id().at(told.maf()),
            exported.key(),
            keys().opening(session));
  }
}
