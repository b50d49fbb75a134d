// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** A session under a credential, of which there was no handshake. */
public abstract class FakeSession implements SecureSession {
  private final String id;
  private final KeyIdentifier credential;

  protected FakeSession(String id, KeyIdentifier credential) {
    this.id = id;
    this.credential = credential;
  }

  public KeyIdentifier credential() {
    return credential;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String clientIdentity() {
    return credential.toString();
  }

  @Override
  public Optional<Fqdn> serverName() {
    return Optional.empty();
  }

  @Override
  public boolean isResumed() {
    return false;
  }

  @Override
  public InetSocketAddress peer() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }

  @Override
  public InetSocketAddress handshakePeer() {
    return peer();
  }

  @Override
  public ExportedKey export(KeyLadder.ExporterLabel label) {
    throw noHandshake();
  }

  @Override
  public byte[] channelBinding() {
    throw noHandshake();
  }

  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return CompletableFuture.failedFuture(noHandshake());
  }

  private static IllegalStateException noHandshake() {
    return new IllegalStateException("there was no handshake");
  }
}
