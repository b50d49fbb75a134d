// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * A session over its own DTLS context, so that an export never reaches the context of a newer
 * handshake from the same address.
 */
final class EstablishedSession implements SecureSession {
  private static final byte[] CHANNEL_BINDING_LABEL =
      "EXPORTER-Channel-Binding".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZERO_LENGTH_CONTEXT = {};
  private static final int CHANNEL_BINDING_OCTETS = 32;

  private final SessionKey key;
  private final String id;
  private final Connection connection;
  private final DTLSContext context;
  private final boolean resumed;
  private final String clientIdentity;
  private final Optional<Fqdn> serverName;
  private final Owner owner;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final InetSocketAddress handshakePeer;
  private volatile InetSocketAddress peer;
  private volatile boolean inDoubt;

  /** Does with a session what takes more than the session. */
  interface Owner {
    void close(EstablishedSession session);

    CompletionStage<ResponsePrimitive> send(EstablishedSession session, RequestPrimitive request);
  }

  EstablishedSession(
      Connection connection,
      DTLSContext context,
      boolean resumed,
      InetSocketAddress peer,
      Owner owner) {
    this.key = SessionKey.of(context);
    this.id = key.toString();
    this.connection = connection;
    this.context = context;
    this.resumed = resumed;
    this.clientIdentity = identityOf(context.getSession().getPeerIdentity());
    this.serverName =
        Optional.ofNullable(context.getSession().getHostName())
            .filter(Fqdn::isValid)
            .map(Fqdn::new);
    this.handshakePeer = peer;
    this.peer = peer;
    this.owner = owner;
  }

  private static String identityOf(@Nullable Principal principal) {
    return principal instanceof PreSharedKeyIdentity psk
        ? psk.getIdentity()
        : ClientCertificates.identityOf(principal).orElse("");
  }

  SessionKey key() {
    return key;
  }

  Connection connection() {
    return connection;
  }

  boolean isOpen() {
    return open.get();
  }

  /** Whether this call ended the session: true once. */
  boolean end() {
    return open.compareAndSet(true, false);
  }

  /** Whether the last request over it went unanswered. */
  boolean isInDoubt() {
    return inDoubt;
  }

  void doubt() {
    inDoubt = true;
  }

  void trust() {
    inDoubt = false;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String clientIdentity() {
    return clientIdentity;
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return ClientCertificates.chainOf(context.getSession().getPeerIdentity());
  }

  @Override
  public Optional<Fqdn> serverName() {
    return serverName;
  }

  @Override
  public boolean isResumed() {
    return resumed;
  }

  @Override
  public InetSocketAddress peer() {
    InetSocketAddress newest = connection.getPeerAddress();
    if (newest != null) {
      peer = newest;
    }
    return peer;
  }

  @Override
  public InetSocketAddress handshakePeer() {
    return handshakePeer;
  }

  @Override
  public ExportedKey export(KeyLadder.ExporterLabel label) {
    if (resumed) {
      throw new IllegalStateException("a resumed session exports no key");
    }
    byte[] octets = label.text().getBytes(StandardCharsets.US_ASCII);
    return KeyLadder.split(exportOctets(octets, null, KeyLadder.EXPORTED_LENGTH));
  }

  @Override
  public byte[] channelBinding() {
    return exportOctets(CHANNEL_BINDING_LABEL, ZERO_LENGTH_CONTEXT, CHANNEL_BINDING_OCTETS);
  }

  private byte[] exportOctets(byte[] label, byte @Nullable [] contextValue, int length) {
    if (!isOpen()) {
      throw new IllegalStateException("a closed session exports nothing");
    }
    return context.exportKeyMaterial(label, contextValue, length);
  }

  /** Where messages over this session are addressed: none of them starts a handshake. */
  EndpointContext destination() {
    Attributes attributes =
        new Attributes()
            .add(DtlsEndpointContext.KEY_SESSION_ID, key.sessionId())
            .add(DtlsEndpointContext.KEY_EPOCH, context.getWriteEpoch())
            .add(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP, key.handshakeTime());
    return MapBasedEndpointContext.addEntries(
        new MapBasedEndpointContext(peer(), context.getSession().getHostName(), null, attributes),
        DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_NONE);
  }

  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return owner.send(this, request);
  }

  @Override
  public void close() {
    owner.close(this);
  }

  @Override
  public String toString() {
    return "SecureSession[" + key + (resumed ? ", resumed]" : "]");
  }
}
