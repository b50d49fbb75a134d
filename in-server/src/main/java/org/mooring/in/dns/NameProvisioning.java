// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.thread.DaemonThreads;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the DNS know the public domain names of the CSEs that are registered (TS-0001 clause 6.5.3).
 * What it is to know stands in the store, so nothing is lost by a restart or while the DNS server
 * is away; which CSEs registered before the DNS was told of any is found out at the start. All
 * happens on one thread of its own, which may wait: no registration waits for it.
 *
 * <p>At its start and then once a day each name is told again, for somebody may have taken it out
 * of the zone, and the infrastructure node may have got other addresses.
 */
public final class NameProvisioning implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NameProvisioning.class);

  /** How soon a change is noticed. */
  private static final Duration EVERY = Duration.ofMillis(500);

  /** Longer than telling as many as are taken at once may take. */
  private static final Duration TAKEN_FOR = Duration.ofMinutes(10);

  private static final int AT_ONCE = 20;
  private static final long STOP_SECONDS = 10;

  private final Transactions<? extends PublicNameStore> store;
  private final ServiceProvider provider;
  private final Zone zone;
  private final String publicHost;
  private final InstantSource clock;
  private final boolean offeredAlways;
  private final ScheduledThreadPoolExecutor thread;
  private volatile PublicNameRepository.Backlog backlog = PublicNameRepository.Backlog.NONE;
  private volatile Optional<Trouble> trouble = Optional.empty();

  /** What the store has of names is complete; the own thread's. */
  private boolean isStockTaken;

  /** Why no name can be told, since when, and when that is tried again. */
  private record Trouble(Instant since, String reason, Instant again) {}

  /**
   * How it stands.
   *
   * @param pending names of which the DNS is to be told still
   * @param failed names that it did not take
   * @param problem why no name can be told at the moment, with the remedy
   */
  public record Standing(long pending, long failed, Optional<String> problem) {}

  NameProvisioning(
      Transactions<? extends PublicNameStore> store,
      ServiceProvider provider,
      Zone zone,
      String publicHost,
      boolean offeredAlways,
      InstantSource clock) {
    this.store = store;
    this.provider = provider;
    this.zone = zone;
    this.publicHost = publicHost;
    this.offeredAlways = offeredAlways;
    this.clock = clock;
    this.thread = DaemonThreads.scheduler("in-dns", 1);
  }

  /**
   * Begins to tell the DNS, without waiting for it.
   *
   * @param offeredAlways whether each name was offered with its registration, also while no DNS was
   *     told: then none has to be found out
   */
  public static NameProvisioning start(
      Transactions<? extends PublicNameStore> store,
      ServiceProvider provider,
      DnsSettings settings,
      boolean offeredAlways,
      InstantSource clock) {
    Zone zone = new DynamicZone(settings);
    return new NameProvisioning(store, provider, zone, settings.publicHost(), offeredAlways, clock)
        .started(EVERY);
  }

  /**
   * Begins on the own thread.
   *
   * @param every how soon a change is noticed
   */
  NameProvisioning started(Duration every) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> guarded(this::tell), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** How it stood within the last second or two. */
  public Standing standing() {
    return new Standing(backlog.pending(), backlog.failing(), trouble.map(Trouble::reason));
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("the DNS could not be told and will be again: {}", e.toString());
    }
  }

  private void takeStock() {
    await(
        store.write(
            tx -> {
              if (!offeredAlways) {
                tx.publicNames().offerRegistered();
              }
              tx.publicNames().repeatAll();
              return true;
            }));
  }

  /** Tells what is due; nothing before it is known which names are wanted. */
  private void tell() {
    if (!isStockTaken) {
      takeStock();
      isStockTaken = true;
    }
    lookAtBacklog();
    while (backlog.pending() > 0 && !isToWait()) {
      tellSome();
      lookAtBacklog();
    }
  }

  private void lookAtBacklog() {
    backlog = await(store.read(tx -> tx.publicNames().backlog()));
  }

  private boolean isToWait() {
    Instant now = clock.instant();
    return trouble.filter(known -> now.isBefore(known.again())).isPresent();
  }

  private void tellSome() {
    int limit = trouble.isPresent() ? 1 : AT_ONCE;
    Instant start = clock.instant();
    Instant until = start.plus(TAKEN_FOR);
    List<PublicName> taken = await(store.write(tx -> tx.publicNames().take(limit, until)));
    Map<PublicName, Outcome> outcomes = new LinkedHashMap<>();
    Optional<Trouble> met = Optional.empty();
    try {
      List<InetAddress> addresses = publicAddresses();
      for (PublicName name : taken) {
        outcomes.put(name, told(name, addresses));
      }
    } catch (ZoneUnavailableException e) {
      met = Optional.of(troubleNow(String.valueOf(e.getMessage())));
      // The one on which it failed comes last the next time, should the server fail on it alone.
      taken.stream()
          .filter(name -> !outcomes.containsKey(name))
          .findFirst()
          .ifPresent(name -> outcomes.put(name, new Outcome.NotTold(clock.instant())));
    }
    taken.forEach(name -> outcomes.putIfAbsent(name, new Outcome.NotTold(start)));
    keep(outcomes);
    note(met);
  }

  private List<InetAddress> publicAddresses() throws ZoneUnavailableException {
    try {
      return List.of(InetAddress.getAllByName(publicHost));
    } catch (UnknownHostException e) {
      throw new ZoneUnavailableException(
          publicHost + " has no address that names could lead to: see --public-host");
    }
  }

  private Outcome told(PublicName name, List<InetAddress> addresses)
      throws ZoneUnavailableException {
    try {
      Fqdn owner = OwnerName.of(name.cse(), provider);
      boolean changed =
          name.isWanted()
              ? zone.publish(owner, name.cse(), addresses)
              : zone.withdraw(owner, name.cse());
      return changed
          ? new Outcome.Changed(detail(owner, name.isWanted() ? addresses : List.of()))
          : new Outcome.Confirmed();
    } catch (NameRefusedException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (IdentifierSyntaxException e) {
      return name.isWanted()
          ? new Outcome.Refused("the CSE-ID can not stand in a domain name: assign another")
          : new Outcome.Confirmed();
    }
  }

  private static Attributes detail(Fqdn owner, List<InetAddress> addresses) {
    Attributes.Builder detail = Attributes.builder().put("name", owner.value());
    if (!addresses.isEmpty()) {
      detail.put("addresses", addresses.stream().map(InetAddress::getHostAddress).toList());
    }
    return detail.build();
  }

  private void keep(Map<PublicName, Outcome> outcomes) {
    await(
        store.write(
            tx -> {
              outcomes.forEach((name, outcome) -> outcome.keep(tx, name));
              return true;
            }));
  }

  private Trouble troubleNow(String reason) {
    Instant now = clock.instant();
    Instant since = trouble.map(Trouble::since).orElse(now);
    return new Trouble(since, reason, Waits.OF_SERVER.next(since, now));
  }

  private void note(Optional<Trouble> met) {
    Optional<String> before = trouble.map(Trouble::reason);
    Optional<String> now = met.map(Trouble::reason);
    trouble = met;
    if (now.isPresent() && !now.equals(before)) {
      LOG.warn("the DNS can not be told of names, they wait: {}", now.get());
    } else if (now.isEmpty() && before.isPresent()) {
      LOG.info("the DNS can be told of names again");
    }
  }

  /** This thread may wait. */
  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Ends what is under way; what was not told by then is told after the next start. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the DNS server holds up the stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
