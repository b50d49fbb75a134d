// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.dtls.PlainServer;
import org.mooring.common.dtls.SecureServer;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.crypto.CryptoProvider;
import org.mooring.in.dns.NameProvisioning;
import org.mooring.in.door.HandshakeRecord;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.store.Store;

/** What a running server tells of itself. */
final class LiveStatus {
  private final ServeSettings settings;
  private final InstantSource clock;
  private final Store store;
  private final SecureServer coaps;
  private final PlainServer coap;
  private final LiveSessions sessions;
  private final HandshakeRecord handshakes;
  private final Optional<NameProvisioning> names;
  private final CryptoProvider crypto;
  private final Instant startedAt;

  LiveStatus(
      ServeSettings settings,
      InstantSource clock,
      Store store,
      SecureServer coaps,
      PlainServer coap,
      LiveSessions sessions,
      HandshakeRecord handshakes,
      Optional<NameProvisioning> names) {
    this.settings = settings;
    this.clock = clock;
    this.store = store;
    this.coaps = coaps;
    this.coap = coap;
    this.sessions = sessions;
    this.handshakes = handshakes;
    this.names = names;
    this.crypto = CryptoProvider.inUse();
    this.startedAt = clock.instant();
  }

  Attributes read() {
    TrafficMeter.Reading traffic = coaps.traffic();
    SecureServer.Load load = coaps.load();
    Store.Load waiting = store.load();
    Attributes.Builder status =
        Attributes.builder()
            .put("sp", settings.provider().sp().toString())
            .put("mef", settings.provider().mef().value())
            .put("maf", settings.provider().maf().value())
            .put("cse", settings.provider().absoluteCse().value())
            .put("roles", ServerRole.text(settings.roles()))
            .put("cryptoProvider", crypto.toString())
            .put("methods", settings.methods().accepted().text())
            .put("coapMode", settings.coapMode().name().toLowerCase(Locale.ROOT))
            .put("upSeconds", Duration.between(startedAt, clock.instant()).toSeconds())
            .put("sessions", sessions.count())
            .put("connections", load.connections())
            .put("openHandshakes", load.handshakes())
            .put("openLookUps", load.lookUps())
            .put("openBodies", load.unfinishedBodies() || coap.hasUnfinishedBodies())
            .put("handshakes", traffic.handshakes())
            .put("failedHandshakes", handshakes.count())
            .put("turnedAway", load.turnedAway())
            .put("queuedWrites", waiting.queuedWrites())
            .put("mostQueuedWrites", waiting.mostQueuedWrites())
            .put("writeDelayMs", waiting.writeDelay().toMillis())
            .put("queuedReads", waiting.queuedReads())
            .put("datagrams", traffic.datagrams())
            .put("bytes", traffic.bytes());
    names.map(NameProvisioning::standing).ifPresent(standing -> put(status, standing));
    if (settings.coapMode() == CoapMode.OPEN) {
      status.put(
          "warning", "coap mode is open: loopback reaches the IN-CSE without an association");
    }
    return status.build();
  }

  private static void put(Attributes.Builder status, NameProvisioning.Standing names) {
    status.put("dnsPending", names.pending()).put("dnsFailed", names.failed());
    names.problem().ifPresent(problem -> status.put("dnsProblem", problem));
  }
}
