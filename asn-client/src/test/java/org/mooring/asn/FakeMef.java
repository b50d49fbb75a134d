// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.List;
import org.mooring.asn.command.ScriptedMef;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.TrustResourceNames;

/**
 * The MEF of {@link FakeProvider}: it configures nodes, derives from their Ke, and commands them.
 */
final class FakeMef extends FakeTrustFunction {
  private final ScriptedMef commands;

  FakeMef(FakeProvider provider, FakeKeys keys, ScriptedMef commands) {
    super(provider, keys, ExporterLabel.BOOTSTRAP, TrustResourceNames.MEF_CLIENT_REG);
    this.commands = commands;
  }

  @Override
  public ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request) {
    boolean isAboutCommand = request.to().endsWith("/" + TrustResourceNames.COMMAND_SEGMENT);
    return isAboutCommand && request.operation() != Operation.DELETE
        ? commands.answer(request)
        : super.answer(session, request);
  }

  @Override
  void tell(FakeProviderSession session, RequestPrimitive request, Attributes.Builder answer) {
    answer.put("ri", "mefreg").put("ccfg", configuration().toAttributes());
    if (commands.hasMore()) {
      answer.put("ch", List.of("//mef.sp.example.org/-/mefreg/cmd"));
    }
  }

  @Override
  void register(FakeProviderSession session, ExportedKey exported, KeyUsage usage, String target) {
    ClientConfiguration told = configuration();
    Fqdn reader = usage == KeyUsage.PROVISIONED_FOR_MAF ? told.maf() : told.registrarFqdn();
    KeyIdentifier id = exported.id().at(told.mef());
    keys().put(reader, id, KeyLadder.usageConstrained(exported.key(), usage, reader));
  }
}
