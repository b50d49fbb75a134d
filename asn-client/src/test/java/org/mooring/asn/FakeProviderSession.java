// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.mooring.common.dtls.FakeSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;

/** A session with a function of {@link FakeProvider}: both ends have this object. */
final class FakeProviderSession extends FakeSession {
  private final Fqdn function;
  private final boolean resumed;
  private final Map<ExporterLabel, ExportedKey> exports = new EnumMap<>(ExporterLabel.class);
  private final byte[] binding = SecretKeyBytes.random().toByteArray();
  private boolean used;

  FakeProviderSession(KeyIdentifier credential, Fqdn function, boolean resumed) {
    super("fake", credential);
    this.function = function;
    this.resumed = resumed;
  }

  Fqdn function() {
    return function;
  }

  /** A full handshake makes one key, and a resumed session none. */
  ExportedKey registeredKey(ExporterLabel label) {
    if (resumed || used) {
      throw Refusal.NEW_HANDSHAKE_NEEDED.of("symmKeyReg");
    }
    used = true;
    return exported(label);
  }

  private ExportedKey exported(ExporterLabel label) {
    return exports.computeIfAbsent(
        label, l -> new ExportedKey(RelativeKeyId.random(), SecretKeyBytes.random()));
  }

  @Override
  public Optional<Fqdn> serverName() {
    return Optional.of(function);
  }

  @Override
  public boolean isResumed() {
    return resumed;
  }

  @Override
  public ExportedKey export(ExporterLabel label) {
    if (resumed) {
      throw new IllegalStateException("resumed");
    }
    return exported(label);
  }

  @Override
  public byte[] channelBinding() {
    return binding.clone();
  }

  @Override
  public void close() {}
}
