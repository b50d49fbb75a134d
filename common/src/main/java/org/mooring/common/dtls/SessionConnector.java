// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.ContentType;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.DtlsException;
import org.eclipse.californium.scandium.dtls.HandshakeType;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scandium's connector with a metered socket, sessions that can be ended one by one, handshakes
 * that can be started without sending anything, and answers that follow a client to its newest
 * address.
 */
final class SessionConnector extends DTLSConnector {
  private static final Logger LOG = LoggerFactory.getLogger(SessionConnector.class);
  private static final byte[] NOTHING = {};
  private static final int NO_PADDING = 0;

  /** Of a record without a connection id, such as every ClientHello comes in. */
  private static final int RECORD_HEADER_OCTETS = 13;

  private static final int EPOCH_AT = 3;

  private final ConnectionTable connections;
  private final SessionRegistry registry;
  private final TrafficMeter meter;
  private final @Nullable SharedReceiver receiver;
  private final HandshakeAdmission admission;
  private final LongAdder turnedAway = new LongAdder();
  private volatile @Nullable DatagramChannel channel;

  private SessionConnector(
      DtlsConnectorConfig config,
      ConnectionTable connections,
      SessionRegistry registry,
      TrafficMeter meter,
      @Nullable SharedReceiver receiver,
      HandshakeAdmission admission) {
    super(config, connections);
    this.connections = connections;
    this.registry = registry;
    this.meter = meter;
    this.receiver = receiver;
    this.admission = admission;
  }

  /**
   * @param profile everything but the listeners, which the registry is
   * @param receiver receives for this connector among others; null for a thread of its own
   * @param admission asked for each ClientHello that comes in
   */
  static SessionConnector create(
      DtlsConnectorConfig.Builder profile,
      SessionRegistry registry,
      TrafficMeter meter,
      @Nullable SharedReceiver receiver,
      HandshakeAdmission admission) {
    if (receiver != null) {
      profile.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0);
    }
    DtlsConnectorConfig config =
        profile.setSessionListener(registry).setConnectionListener(registry).build();
    SessionConnector connector =
        new SessionConnector(
            config, new ConnectionTable(config), registry, meter, receiver, admission);
    registry.attach(connector);
    return connector;
  }

  @Override
  protected void start(InetSocketAddress bindAddress) throws IOException {
    if (isRunning()) {
      return;
    }
    if (receiver == null) {
      init(bindAddress, new MeteredSocket(meter), null);
    } else {
      startOn(receiver, bindAddress);
    }
  }

  private void startOn(SharedReceiver shared, InetSocketAddress bindAddress) throws IOException {
    DatagramChannel opened = DatagramChannel.open();
    try {
      opened.configureBlocking(false);
      channel = opened;
      init(bindAddress, opened.socket(), null);
      shared.register(opened, this::received);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void received(DatagramPacket datagram) {
    meter.countDatagram(datagram.getLength());
    if (datagram.getLength() > 0) {
      processDatagram(datagram);
    }
  }

  /** Looks no deeper than it takes to know a ClientHello, before anything is held for it. */
  @Override
  protected void processDatagram(DatagramPacket datagram, @Nullable InetSocketAddress router) {
    if (isClientHello(datagram) && (connections.isFull() || !admission.admits())) {
      turnedAway.increment();
      return;
    }
    super.processDatagram(datagram, router);
  }

  private static boolean isClientHello(DatagramPacket datagram) {
    byte[] octets = datagram.getData();
    int at = datagram.getOffset();
    return datagram.getLength() > RECORD_HEADER_OCTETS
        && octets[at] == ContentType.HANDSHAKE.getCode()
        && octets[at + EPOCH_AT] == 0
        && octets[at + EPOCH_AT + 1] == 0
        && octets[at + RECORD_HEADER_OCTETS] == HandshakeType.CLIENT_HELLO.getCode();
  }

  /** ClientHellos that were not answered because the server had enough to do or no place left. */
  long turnedAway() {
    return turnedAway.sum();
  }

  @Override
  protected void sendNextDatagramOverNetwork(DatagramPacket datagram) throws IOException {
    DatagramChannel own = channel;
    if (own == null) {
      super.sendNextDatagramOverNetwork(datagram);
      return;
    }
    int length = datagram.getLength();
    ByteBuffer content = ByteBuffer.wrap(datagram.getData(), datagram.getOffset(), length);
    // Where the socket's buffer is full nothing is sent: lost, as the network may lose it too.
    if (own.send(content, datagram.getSocketAddress()) == length) {
      meter.countDatagram(length);
    }
  }

  @Override
  public void stop() {
    super.stop();
    if (receiver != null) {
      receiver.release();
    }
  }

  /**
   * Starts a handshake, unless one is under way already; the callback hears how it ended.
   *
   * @param mode one of {@link DtlsEndpointContext}'s handshake modes
   */
  void handshake(
      InetSocketAddress server, String serverName, Attributes mode, MessageCallback callback) {
    EndpointContext destination = new MapBasedEndpointContext(server, serverName, null, mode);
    send(RawData.outbound(NOTHING, destination, callback, false));
  }

  /** Sends to where the session's peer is by now, which may have moved under its connection id. */
  @Override
  public void send(RawData message) {
    EndpointContext context = message.getEndpointContext();
    Optional<InetSocketAddress> moved =
        registry
            .find(context)
            .map(EstablishedSession::peer)
            .filter(newest -> !newest.equals(message.getInetSocketAddress()));
    super.send(moved.map(newest -> redirect(message, newest)).orElse(message));
  }

  private static RawData redirect(RawData message, InetSocketAddress newest) {
    EndpointContext context = message.getEndpointContext();
    Attributes attributes =
        new Attributes()
            .add(
                DtlsEndpointContext.KEY_SESSION_ID, context.get(DtlsEndpointContext.KEY_SESSION_ID))
            .add(DtlsEndpointContext.KEY_EPOCH, context.get(DtlsEndpointContext.KEY_EPOCH))
            .add(
                DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP,
                context.get(DtlsEndpointContext.KEY_HANDSHAKE_TIMESTAMP));
    EndpointContext destination =
        new MapBasedEndpointContext(
            newest, context.getVirtualHost(), context.getPeerIdentity(), attributes);
    return RawData.outbound(message.getBytes(), destination, new Relay(message), false);
  }

  /** A record without content only started a handshake: it has done its work unsent. */
  @Override
  protected void sendRecord(Record message) throws IOException {
    if (message.getType() == ContentType.APPLICATION_DATA && message.getFragment().size() == 0) {
      return;
    }
    super.sendRecord(message);
  }

  /**
   * Sends a close_notify and forgets the connection with its session.
   *
   * @param then runs afterwards, also if the connection was gone before
   */
  void end(Connection connection, Runnable then) {
    onExecutorOf(
        connection,
        () -> {
          sendCloseNotify(connection);
          connections.remove(connection, true);
          then.run();
        },
        then);
  }

  /** Forgets a connection with its session. */
  void drop(Connection connection) {
    onExecutorOf(connection, () -> connections.remove(connection, true), () -> {});
  }

  /** Gives a handshake up, unless it led to a session by now. */
  void abort(Handshaker handshaker, String reason) {
    onExecutorOf(
        handshaker.getConnection(),
        () -> {
          if (!handshaker.hasContextEstablished()) {
            handshaker.handshakeFailed(new DtlsException(reason));
          }
        },
        () -> {});
  }

  /** Connections that take room, in whatever state. */
  int connections() {
    return config.get(DtlsConfig.DTLS_MAX_CONNECTIONS) - connections.remainingCapacity();
  }

  /** The handshake under way on a connection. */
  Optional<Handshaker> handshakeOn(ConnectionId id) {
    return Optional.ofNullable(connections.get(id)).map(Connection::getOngoingHandshake);
  }

  private void sendCloseNotify(Connection connection) {
    DTLSContext context = connection.getEstablishedDtlsContext();
    if (context == null || connection.isClosed() || connection.getPeerAddress() == null) {
      return;
    }
    try {
      AlertMessage closeNotify =
          new AlertMessage(AlertLevel.WARNING, AlertDescription.CLOSE_NOTIFY);
      Record alert =
          new Record(
              ContentType.ALERT, context.getWriteEpoch(), closeNotify, context, true, NO_PADDING);
      alert.setAddress(connection.getPeerAddress(), connection.getRouter());
      sendRecord(alert);
    } catch (IOException | GeneralSecurityException e) {
      LOG.debug("close_notify was not sent: {}", e.getMessage());
    }
  }

  private static void onExecutorOf(Connection connection, Runnable task, Runnable otherwise) {
    try {
      connection.getExecutor().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.trace("the connection was removed before");
      otherwise.run();
    }
  }

  /** Tells the first message's callback what becomes of the second. */
  private record Relay(RawData message) implements MessageCallback {
    @Override
    public void onConnecting() {
      message.onConnecting();
    }

    @Override
    public void onDtlsRetransmission(int flight) {
      message.onDtlsRetransmission(flight);
    }

    @Override
    public void onContextEstablished(EndpointContext context) {
      message.onContextEstablished(context);
    }

    @Override
    public void onSent() {
      message.onSent();
    }

    @Override
    public void onError(Throwable error) {
      message.onError(error);
    }
  }
}
