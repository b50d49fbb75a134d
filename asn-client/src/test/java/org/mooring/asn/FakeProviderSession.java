// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** A session with a function of {@link FakeProvider}: both ends have this object. */
final class FakeProviderSession implements SecureSession {
  private final KeyIdentifier credential;
  private final Fqdn function;
  private final boolean resumed;
  private final Map<ExporterLabel, ExportedKey> exports = new EnumMap<>(ExporterLabel.class);
  private final byte[] binding = SecretKeyBytes.random().toByteArray();
  private boolean used;

  FakeProviderSession(KeyIdentifier credential, Fqdn function, boolean resumed) {
    this.credential = credential;
    this.function = function;
    this.resumed = resumed;
  }

  KeyIdentifier credential() {
    return credential;
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
  public String id() {
    return "fake";
  }

  @Override
  public String clientIdentity() {
    return credential.toString();
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
  public InetSocketAddress peer() {
    return InetSocketAddress.createUnresolved("fake", 1);
  }

  @Override
  public InetSocketAddress handshakePeer() {
    return peer();
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
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return CompletableFuture.failedFuture(new IllegalStateException("nobody listens"));
  }

  @Override
  public void close() {}
}
