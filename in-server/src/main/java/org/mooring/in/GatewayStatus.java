// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.dtls.SecureServer;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.door.HandshakeRecord;
import org.mooring.in.gateway.Announcements;
import org.mooring.in.provider.ServiceProvider;

/** What a running gateway tells of itself, and how far its node is. */
final class GatewayStatus {
  private final ServiceProvider provider;
  private final GatewayNode node;
  private final Announcements announcements;
  private final SecureServer coaps;
  private final LiveSessions sessions;
  private final HandshakeRecord handshakes;
  private final InstantSource clock;
  private final Instant startedAt;

  GatewayStatus(
      ServiceProvider provider,
      GatewayNode node,
      Announcements announcements,
      SecureServer coaps,
      LiveSessions sessions,
      HandshakeRecord handshakes,
      InstantSource clock) {
    this.provider = provider;
    this.node = node;
    this.announcements = announcements;
    this.coaps = coaps;
    this.sessions = sessions;
    this.handshakes = handshakes;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  Attributes read() {
    NodeState state = node.state();
    TrafficMeter.Reading traffic = coaps.traffic();
    Instant now = clock.instant();
    Attributes.Builder status =
        Attributes.builder()
            .put("sp", provider.sp().toString())
            .put("cse", provider.absoluteCse().value())
            .put("cseType", "mn")
            .put("state", state.stage(state.serverTime(now)).name());
    state.configuration().ifPresent(told -> status.put("registrar", told.registrar().value()));
    state
        .trouble()
        .ifPresent(
            trouble ->
                status
                    .put("waitingFor", trouble.waitingFor())
                    .put("reason", trouble.reason())
                    .put("nextTry", trouble.nextTry().toString()));
    announcements.announced().ifPresent(count -> status.put("announced", count));
    return status
        .put("upSeconds", Duration.between(startedAt, now).toSeconds())
        .put("sessions", sessions.count())
        .put("handshakes", traffic.handshakes())
        .put("failedHandshakes", handshakes.count())
        .put("datagrams", traffic.datagrams())
        .put("bytes", traffic.bytes())
        .build();
  }
}
