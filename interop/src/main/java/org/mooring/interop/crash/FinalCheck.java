// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.crash.Acknowledged.Kind;
import org.mooring.interop.crash.KnownKeys.Known;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** What is looked at once the last kill is over and every node is back. */
final class FinalCheck {
  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final int MOST_HANDSHAKES = 64;
  private static final int MOST_RETRIEVALS = 200;

  private final CrashSettings settings;
  private final Jars jars;
  private final Path data;
  private final Ledger ledger;
  private final LedgerCheck check;
  private final KnownKeys keys;
  private final Random dice;

  FinalCheck(
      CrashSettings settings,
      Jars jars,
      Path data,
      Ledger ledger,
      LedgerCheck check,
      KnownKeys keys) {
    this.settings = settings;
    this.jars = jars;
    this.data = data;
    this.ledger = ledger;
    this.check = check;
    this.keys = keys;
    this.dice = new Random(settings.seed());
  }

  /**
   * How much was looked at.
   *
   * @param acknowledged entries of the ledger
   * @param keys that any node ever held
   * @param deadHandshakes tried over the wire with keys that are dead
   * @param retrievals of others' keys tried by a client
   * @param auditEntries in the chain that was verified
   */
  record Counts(
      int acknowledged, int keys, int deadHandshakes, int retrievals, long auditEntries) {}

  /** Checks with the server running, then stops nodes and server and looks at what they left. */
  Counts run(InServer server, Population population, Operator operator)
      throws SQLException, InterruptedException {
    List<Acknowledged> all = ledger.from(0);
    List<Known> tried;
    try (StoreView store = StoreView.open(data)) {
      check.check(store, all);
      for (LoadNode node : population.all()) {
        int registrations = store.remoteCses(node.owner().cseId());
        require(
            registrations == 1, node.owner().cseId() + " has " + registrations + " <remoteCSE>");
      }
      List<Known> dead = dead(store, keys, dice);
      tried = dead.subList(0, Math.min(MOST_HANDSHAKES, dead.size()));
      tryHandshakes(store, server, population, tried);
    }
    int retrievals = tryRetrievals(server, population, operator);
    enrolees(all);
    long audited = audit();
    population.stop();
    server.close();
    stoppedStore(population);
    return new Counts(all.size(), keys.all().size(), tried.size(), retrievals, audited);
  }

  /** Known keys that may open no handshake now, in random order. */
  static List<Known> dead(StoreView store, KnownKeys keys, Random dice) throws SQLException {
    List<Known> dead = new ArrayList<>();
    for (Known key : keys.all()) {
      if (isDead(store, key)) {
        dead.add(key);
      }
    }
    Collections.shuffle(dead, dice);
    return dead;
  }

  /** Superseded, ended, or never heard of: tentative keys whose registration did not arrive. */
  static boolean isDead(StoreView store, Known key) throws SQLException {
    return store
        .credential(key.identity().toString())
        .filter(row -> !row.ended() && !row.status().equals("superseded"))
        .isEmpty();
  }

  private void tryHandshakes(
      StoreView store, InServer server, Population population, List<Known> dead)
      throws SQLException {
    KeyProbe probe = new KeyProbe(population.endpoints(), server.coapsAddress());
    tryDead(store, probe, dead, ledger);
    LoadNode node = population.lasting().get(0);
    List<Known> live = List.of(association(node));
    require(probe.opening(live).equals(live), "a live key opened no session, so the probe is void");
  }

  /** Tries keys that are dead; one that was on its way and has arrived meanwhile may open. */
  static void tryDead(StoreView store, KeyProbe probe, List<Known> dead, Ledger ledger)
      throws SQLException {
    for (Known key : probe.opening(dead)) {
      if (isDead(store, key)) {
        ledger.violation("the dead key " + key.identity() + " opened a session");
      }
    }
  }

  private static Known association(LoadNode node) {
    NodeState state = node.state();
    PskCredential credential = AssociationKeys.of(state, state.associationRung());
    Fqdn function = state.configuration().orElseThrow().registrarFqdn();
    return new Known(node.owner(), function, credential);
  }

  /** Clients are no targets of the keys that MEF and MAF hold, whether those are live or dead. */
  private int tryRetrievals(InServer server, Population population, Operator operator)
      throws InterruptedException {
    KeyProbe probe = new KeyProbe(population.endpoints(), server.coapsAddress());
    Enrolled stranger = operator.add(EnrolmentPath.MAF);
    PskCredential atMef = new PskCredential(stranger.kpmId(), stranger.kpm());
    LoadNode client =
        population.lasting().stream()
            .filter(node -> node.state().isOnPath(EnrolmentPath.MAF))
            .findFirst()
            .orElseThrow();
    NodeState state = client.state();
    PskCredential atMaf = AssociationKeys.of(state, Rung.MAF);
    Fqdn maf = state.configuration().orElseThrow().maf();
    List<KeyIdentifier> ofMef = sample(stranger.kpmId().issuer(), stranger);
    List<KeyIdentifier> ofMaf = sample(maf, client.owner());
    List<KeyIdentifier> got = new ArrayList<>();
    got.addAll(probe.retrieved(stranger.kpmId().issuer(), atMef, ofMef));
    got.addAll(probe.retrieved(maf, atMaf, ofMaf));
    got.forEach(key -> ledger.violation("a client that is no target retrieved " + key));
    return ofMef.size() + ofMaf.size();
  }

  private List<KeyIdentifier> sample(Fqdn issuer, Enrolled reader) {
    List<KeyIdentifier> ids =
        new ArrayList<>(
            keys.all().stream()
                .filter(key -> !key.owner().equals(reader))
                .map(Known::identity)
                .filter(id -> id.issuer().equals(issuer))
                .toList());
    Collections.shuffle(ids, dice);
    return ids.subList(0, Math.min(MOST_RETRIEVALS, ids.size()));
  }

  /** The operator's list shows what was acknowledged to the operator. */
  private void enrolees(List<Acknowledged> all) {
    Attributes answer =
        Commands.json(
            jars.inServer(),
            COMMAND,
            List.of("enrolee", "list", "--data", data.toString(), "--json"));
    Map<String, String> listed = new HashMap<>();
    if (answer.get("enrolees").orElse(null) instanceof AttributeValue.Items items) {
      items.values().stream()
          .map(item -> ((AttributeValue.Members) item).attributes())
          .forEach(one -> listed.put(one.text("kpmId").orElse(""), one.text("status").orElse("")));
    }
    Set<String> revoked =
        all.stream()
            .filter(entry -> entry.kind() == Kind.ENROLEE_REVOKED)
            .map(Acknowledged::id)
            .collect(Collectors.toSet());
    all.stream()
        .filter(entry -> entry.kind() == Kind.ENROLEE)
        .map(Acknowledged::id)
        .forEach(
            id -> {
              String expected = revoked.contains(id) ? "revoked" : "active";
              String status = listed.getOrDefault(id, "missing");
              require(status.equals(expected), "enrolee list shows " + id + " as " + status);
            });
  }

  private long audit() {
    Programs.Outcome outcome =
        Commands.run(
            jars.inServer(),
            COMMAND,
            List.of("audit", "verify", "--data", data.toString(), "--json"));
    require(outcome.exitCode() == 0, "audit verify: " + outcome.output() + outcome.errors());
    Matcher entries = Pattern.compile("\"entries\":(\\d+)").matcher(outcome.output());
    return entries.find() ? Long.parseLong(entries.group(1)) : 0;
  }

  /** The rule about orphans: what opens a handshake is in its node's vault, and the same there. */
  private void stoppedStore(Population population) throws SQLException {
    Map<KeyIdentifier, Known> held = new HashMap<>();
    for (LoadNode node : population.all()) {
      KnownKeys.heldIn(node.owner(), node.state()).forEach(key -> held.put(key.identity(), key));
    }
    try (StoreView view = StoreView.open(data);
        StoppedStore store = StoppedStore.open(data)) {
      for (Map.Entry<String, String> open : view.keysThatOpen(Instant.now()).entrySet()) {
        KeyIdentifier identity = KeyIdentifier.parse(open.getKey());
        require(
            held.containsKey(identity) || isAboutToGo(view, identity, held),
            "orphan: %s is %s and in no vault".formatted(identity, open.getValue()));
      }
      held.values().forEach(key -> requireSame(store, key));
      for (Known key : keys.all()) {
        boolean mayLive =
            held.containsKey(key.identity())
                || isAboutToGo(view, key.identity(), held)
                || (key.identity().equals(key.owner().kpmId())
                    && !ledger.mayBeRevoked(key.identity().toString()));
        require(
            mayLive || store.keyOf(key.identity()).isEmpty(),
            "orphan: %s of %s can be looked up".formatted(key.identity(), key.owner().cseId()));
      }
      for (LoadNode node : population.all()) {
        NodeState state = node.state();
        HeldKey association = state.key(state.associationRung()).orElseThrow();
        require(
            associationStands(store, node.owner(), state, association),
            "%s holds %s, which the server does not"
                .formatted(node.owner().cseId(), association.id()));
      }
    }
  }

  /**
   * A node that was stopped between the registration of a key and its first use has the new one in
   * its vault, while the server has the earlier one until the new one is used.
   */
  private static boolean isAboutToGo(
      StoreView view, KeyIdentifier identity, Map<KeyIdentifier, Known> held) throws SQLException {
    return view.successorOf(identity.toString())
        .map(KeyIdentifier::parse)
        .filter(held::containsKey)
        .isPresent();
  }

  /**
   * Whether the server knows what the node's next session is opened with: its association key or
   * the one that it registers just now. A key that ended while the server stopped is asked no more.
   */
  private static boolean associationStands(
      StoppedStore store, Enrolled owner, NodeState state, HeldKey association) {
    boolean known =
        KnownKeys.heldOn(state.associationRung(), owner, state).stream()
            .anyMatch(key -> store.keyOf(key.identity()).isPresent());
    return known || !association.lease().isAliveAt(Instant.now());
  }

  private void requireSame(StoppedStore store, Known key) {
    Optional<SecretKeyBytes> stored = store.keyOf(key.identity());
    require(
        stored.isEmpty() || stored.get().equals(key.credential().key()),
        "%s is one key in the vault and another in the store".formatted(key.identity()));
  }

  private void require(boolean good, String violation) {
    if (!good) {
      ledger.violation(violation);
    }
  }
}
