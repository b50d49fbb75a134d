// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.AssociationEnds;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.CseRegistration;
import org.mooring.asn.registration.LocalCse;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.CseId;

/**
 * The steps that register the node's CSE and keep it registered, and the session with the registrar
 * that the first of them leaves standing.
 */
final class RegistrationSteps implements AutoCloseable {
  private final Sessions sessions;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final CseRegistration registration;
  private final Consumer<Throwable> onLinkLost;
  private final RequestHandler onRequest;
  private @Nullable AssociationLink link;
  private TrafficMeter.Reading pastLinks = TrafficMeter.Reading.ZERO;
  private boolean closed;

  /**
   * @param localCse what is registered
   * @param onLinkLost told when the session that stands is given up
   * @param onRequest answers what the registrar sends over the association
   */
  RegistrationSteps(
      Sessions sessions,
      StateKeeper keeper,
      ServerClock clock,
      LocalCse localCse,
      Consumer<Throwable> onLinkLost,
      RequestHandler onRequest) {
    this.sessions = sessions;
    this.keeper = keeper;
    this.clock = clock;
    this.registration = new CseRegistration(keeper, clock, localCse);
    this.onLinkLost = onLinkLost;
    this.onRequest = onRequest;
  }

  /** The session with the registrar while it stands. */
  synchronized Optional<AssociationLink> link() {
    return Optional.ofNullable(link);
  }

  /** What passed the sockets of all sessions with the registrar so far. */
  synchronized TrafficMeter.Reading traffic() {
    return link == null ? pastLinks : pastLinks.plus(link.traffic());
  }

  /**
   * Registers in a new session, which stands afterwards in place of the one before.
   *
   * @param attempt failures before, which choose among several points of access
   * @param onAccepted told once the registrar has taken the credential
   */
  CompletionStage<StepReport> register(
      LifePlan.Move move, EndpointCredential credential, int attempt, Runnable onAccepted) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    Supplier<Exchange> opener = serving(sessions.toRegistrar(credential, attempt));
    Exchange exchange = sessions.begun(opener.get());
    return exchange
        .connect()
        .thenCompose(
            session -> {
              onAccepted.run();
              return registration.run(exchange);
            })
        .thenApply(
            registered -> {
              StepReport report = watch.report(registered, move.rung(), exchange.traffic());
              keepLink(
                  new AssociationLink(
                      exchange,
                      opener,
                      credential.identity(),
                      AssociationEnds.ofNode(keeper.state().configuration().orElseThrow()),
                      onLinkLost));
              return report;
            })
        .whenComplete(
            (report, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }

  private Supplier<Exchange> serving(Supplier<Exchange> opener) {
    return () -> {
      Exchange opened = opener.get();
      opened.serve(onRequest);
      return opened;
    };
  }

  /** Prolongs the registration over the session that stands. */
  CompletionStage<StepReport> prolong(LifePlan.Move move) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    AssociationLink standing = link().orElseThrow();
    TrafficMeter.Reading before = standing.traffic();
    return registration
        .prolong(standing)
        .thenApply(state -> watch.report(state, move.rung(), standing.traffic().minus(before)));
  }

  /** Tells the registrar of the CSEs below this one, over the session that stands. */
  CompletionStage<Void> announce(Sender association, Collection<CseId> descendants) {
    return registration.announce(association, descendants);
  }

  private synchronized void keepLink(AssociationLink fresh) {
    dropLink();
    if (closed) {
      fresh.close();
    } else {
      link = fresh;
    }
  }

  /** Closes the session with the registrar. */
  synchronized void dropLink() {
    if (link != null) {
      pastLinks = pastLinks.plus(link.traffic());
      link.close();
      link = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    dropLink();
  }
}
