// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.FunctionRole;

/**
 * The sessions that stand. A session ends with its credential, whether that expires or is revoked;
 * sessions per credential and silent sessions are capped, the oldest falls.
 *
 * <p>A session is entered before its credential's status is read. A revocation that commits before
 * that read is seen by it, one that commits after finds the session here: none slips through.
 */
public final class LiveSessions implements SessionControl {
  /**
   * How many sessions may stand; beyond it the oldest falls.
   *
   * @param perCredential that one credential opened: one in use, and what crashes left behind
   * @param silent that never sent a request; each holds its last flight until it does
   */
  public record Caps(int perCredential, int silent) {
    public static final Caps DEFAULT = new Caps(4, 10_000);
  }

  /** Reads whom a credential authenticates now. */
  @FunctionalInterface
  public interface Directory {
    /**
     * Empty if the credential has ended.
     *
     * @param serverName the function that the session was opened with, as SNI names it
     */
    CompletionStage<Optional<SecurityPrincipal>> principal(
        KeyIdentifier credential, Optional<Fqdn> serverName);
  }

  private static final Duration YOUNG = Duration.ofSeconds(10);

  private final Function<String, KeyIdentifier> identities;
  private final Directory directory;
  private final ScheduledExecutorService scheduler;
  private final InstantSource clock;
  private final Caps caps;

  private final Object lock = new Object();
  private final Map<String, LiveSession> byId = new HashMap<>();
  private final Map<KeyIdentifier, Deque<LiveSession>> byCredential = new HashMap<>();
  private final Map<String, LiveSession> silent = new LinkedHashMap<>();

  /** Those of the silent that are young: the oldest leave when {@link #newcomers} looks. */
  private final Map<String, LiveSession> young = new LinkedHashMap<>();

  private final Map<String, Future<?>> endings = new HashMap<>();

  /**
   * @param identities tells the credential of a psk_identity that opened a session
   * @param directory knows whom a credential authenticates
   * @param scheduler closes sessions when their credential ends
   */
  public LiveSessions(
      Function<String, KeyIdentifier> identities,
      Directory directory,
      ScheduledExecutorService scheduler,
      InstantSource clock,
      Caps caps) {
    this.identities = identities;
    this.directory = directory;
    this.scheduler = scheduler;
    this.clock = clock;
    this.caps = caps;
  }

  /** Enters a session after its handshake and has its principal looked up. */
  public void enter(SecureSession session) {
    KeyIdentifier credential = identities.apply(session.clientIdentity());
    LiveSession live = new LiveSession(session, credential, clock.instant());
    add(live).forEach(fallen -> fallen.session().close());
    directory
        .principal(credential, session.serverName())
        .whenComplete(
            (principal, failure) -> {
              Optional<SecurityPrincipal> resolved = failure == null ? principal : Optional.empty();
              live.resolve(resolved);
              resolved.ifPresentOrElse(p -> endFirstAt(live, p.expiresAt()), session::close);
            });
  }

  /** Adds a session; those that have to make room for it are still to be closed. */
  private Set<LiveSession> add(LiveSession live) {
    synchronized (lock) {
      byId.put(live.session().id(), live);
      silent.put(live.session().id(), live);
      young.put(live.session().id(), live);
      Deque<LiveSession> ofCredential =
          byCredential.computeIfAbsent(live.credential(), c -> new ArrayDeque<>(1));
      ofCredential.addLast(live);
      Set<LiveSession> fallen = new HashSet<>();
      if (ofCredential.size() > caps.perCredential()) {
        fallen.add(ofCredential.getFirst());
      }
      if (silent.size() > caps.silent()) {
        fallen.add(silent.values().iterator().next());
      }
      return fallen;
    }
  }

  /** Unless the end was moved while the principal was looked up: the look-up may be older. */
  private void endFirstAt(LiveSession live, Instant end) {
    synchronized (lock) {
      if (!endings.containsKey(live.session().id())) {
        endAt(live, end);
      }
    }
  }

  private void endAt(LiveSession live, Instant end) {
    synchronized (lock) {
      if (!byId.containsKey(live.session().id())) {
        return;
      }
      long millis = Math.max(0, ChronoUnit.MILLIS.between(clock.instant(), end));
      Future<?> earlier =
          endings.put(
              live.session().id(),
              scheduler.schedule(() -> live.session().close(), millis, TimeUnit.MILLISECONDS));
      if (earlier != null) {
        earlier.cancel(false);
      }
    }
  }

  /** Takes out a session that is gone. */
  public void leave(SecureSession session) {
    synchronized (lock) {
      LiveSession live = byId.remove(session.id());
      silent.remove(session.id());
      young.remove(session.id());
      Future<?> ending = endings.remove(session.id());
      if (ending != null) {
        ending.cancel(false);
      }
      if (live != null) {
        byCredential.computeIfPresent(
            live.credential(),
            (credential, sessions) -> {
              sessions.remove(live);
              return sessions.isEmpty() ? null : sessions;
            });
      }
    }
  }

  /** The live session of a request that came in; notes that it is silent no more. */
  public Optional<LiveSession> ofRequest(SecureSession session) {
    synchronized (lock) {
      LiveSession live = byId.get(session.id());
      if (live != null && live.noteRequest()) {
        silent.remove(session.id());
        young.remove(session.id());
      }
      return Optional.ofNullable(live);
    }
  }

  /** Whether the session stands still: nobody waits for the answer in one that does not. */
  public boolean stands(LiveSession live) {
    synchronized (lock) {
      return byId.get(live.session().id()) == live;
    }
  }

  @Override
  public void end(Collection<KeyIdentifier> credentials) {
    for (KeyIdentifier credential : credentials) {
      sessionsOf(credential).forEach(live -> live.session().close());
    }
  }

  @Override
  public void endAt(KeyIdentifier credential, Instant end) {
    sessionsOf(credential).forEach(live -> endAt(live, end));
  }

  private List<LiveSession> sessionsOf(KeyIdentifier credential) {
    synchronized (lock) {
      return List.copyOf(byCredential.getOrDefault(credential, new ArrayDeque<>()));
    }
  }

  /** The youngest association with the CSE that one of the credentials opened and that stands. */
  public Optional<LiveSession> association(Collection<KeyIdentifier> credentials) {
    return credentials.stream()
        .flatMap(credential -> sessionsOf(credential).stream())
        .filter(live -> live.isWith(FunctionRole.CSE))
        .max(Comparator.comparing(LiveSession::since));
  }

  /** The credentials of which a session stands. */
  public Set<KeyIdentifier> credentials() {
    synchronized (lock) {
      return Set.copyOf(byCredential.keySet());
    }
  }

  /** Whether a session of one of the credentials stands. */
  public boolean isAnyInUse(Set<KeyIdentifier> credentials) {
    synchronized (lock) {
      return credentials.stream().anyMatch(byCredential::containsKey);
    }
  }

  /**
   * Sessions that are a few seconds old and whose first request is still to come: work that is
   * certain and that no queue shows yet.
   */
  public int newcomers() {
    synchronized (lock) {
      Instant before = clock.instant().minus(YOUNG);
      Iterator<LiveSession> oldestFirst = young.values().iterator();
      while (oldestFirst.hasNext() && oldestFirst.next().since().isBefore(before)) {
        oldestFirst.remove();
      }
      return young.size();
    }
  }

  /** How many sessions stand. */
  public int count() {
    synchronized (lock) {
      return byId.size();
    }
  }
}
