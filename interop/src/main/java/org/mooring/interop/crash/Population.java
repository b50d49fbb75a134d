// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.mooring.asn.Backoff;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointExecutors;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.Jars;

/** All nodes of a run: those that last, in this process or as processes, and guests that change. */
final class Population implements AutoCloseable {
  private static final EndpointTimers TIMERS =
      new EndpointTimers(Duration.ofMillis(300), 2, Duration.ofMillis(400), 1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofMillis(500));
  private static final int DTLS_THREADS = 2;
  private static final int NODE_THREADS = 8;

  private final CrashSettings settings;
  private final Path folder;
  private final Jars jars;
  private final InetSocketAddress server;
  private final Ledger ledger;
  private final KnownKeys keys;
  private final EndpointExecutors executors;
  private final DtlsEndpointFactory endpoints;
  private final ScheduledThreadPoolExecutor scheduler;
  private final List<ResidentNode> residents = new ArrayList<>();
  private final List<ResidentNode> guests = new ArrayList<>();
  private final List<ProcessNode> processes = new ArrayList<>();
  private int made;

  /**
   * @param folder takes their vaults
   * @param server its coaps port
   */
  Population(
      CrashSettings settings,
      Path folder,
      Jars jars,
      InetSocketAddress server,
      Ledger ledger,
      KnownKeys keys) {
    this.settings = settings;
    this.folder = folder;
    this.jars = jars;
    this.server = server;
    this.ledger = ledger;
    this.keys = keys;
    this.executors = EndpointExecutors.createWithReceiver("crash-dtls", DTLS_THREADS);
    this.endpoints = DtlsEndpointFactory.create(TIMERS, Serialization.CBOR, executors, false);
    this.scheduler =
        new ScheduledThreadPoolExecutor(NODE_THREADS, new DaemonThreadFactory("crash-node-"));
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /** Enrols and starts the nodes that last, on both paths. */
  void start(Operator operator) throws InterruptedException {
    for (int i = 0; i < settings.residents(); i++) {
      ResidentNode node = resident(operator.add(nextPath()));
      residents.add(node);
      node.start();
    }
    for (int i = 0; i < settings.processes(); i++) {
      Enrolled enrolee = operator.add(nextPath());
      ProcessNode node =
          new ProcessNode(enrolee, enrolee.credential(server), folder, jars, ledger, keys);
      processes.add(node);
      node.start();
    }
  }

  /** A guest comes and walks. */
  void welcome(Enrolled enrolee) {
    ResidentNode node = resident(enrolee);
    synchronized (guests) {
      guests.add(node);
    }
    node.start();
  }

  /** A guest whose enrolment was revoked goes. */
  void seeOff(ResidentNode guest) {
    synchronized (guests) {
      guests.remove(guest);
    }
    guest.close();
  }

  /** The guests, the one that came first in front. */
  List<ResidentNode> guests() {
    synchronized (guests) {
      return List.copyOf(guests);
    }
  }

  EnrolmentPath nextPath() {
    return made++ % 2 == 0 ? EnrolmentPath.MAF : EnrolmentPath.DIRECT;
  }

  private ResidentNode resident(Enrolled enrolee) {
    return new ResidentNode(
        enrolee,
        enrolee.credential(server),
        folder.resolve(enrolee.fileName()),
        new ResidentNode.Shared(endpoints, scheduler, BACKOFF),
        ledger,
        keys,
        settings.seed() + made);
  }

  /** The nodes that last. */
  List<LoadNode> lasting() {
    return Stream.<LoadNode>concat(residents.stream(), processes.stream()).toList();
  }

  /** Every node there is. */
  List<LoadNode> all() {
    return Stream.concat(lasting().stream(), guests().stream()).toList();
  }

  /** One of those that are processes. */
  ProcessNode process(int slot) {
    return processes.get(slot % processes.size());
  }

  /** How many nodes do what at this moment. */
  Map<String, Integer> activities() {
    Map<String, Integer> activities = new TreeMap<>();
    all().forEach(node -> activities.merge(Activity.of(node.state()), 1, Integer::sum));
    return activities;
  }

  SecureEndpointFactory endpoints() {
    return endpoints;
  }

  /** From now on the nodes only publish. */
  void calm() {
    residents.forEach(ResidentNode::calm);
    guests().forEach(ResidentNode::calm);
  }

  /** Ends the nodes in order; their vaults stay, and can be looked at. */
  void stop() {
    residents.forEach(ResidentNode::close);
    guests().forEach(ResidentNode::close);
    processes.forEach(ProcessNode::close);
  }

  @Override
  public void close() {
    stop();
    endpoints.close();
    scheduler.shutdownNow();
    executors.close();
  }
}
