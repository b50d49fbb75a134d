// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.mooring.in.trust.RegistrationRules.credentialOf;
import static org.mooring.in.trust.RegistrationRules.grantedEnd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.ServiceProvider;

/**
 * The symmetric key procedures of one function (TS-0003 clauses 8.3.5.2.7 to 8.3.5.2.10 and 8.8.2.7
 * to 8.8.2.10). Attributes come validated against the table and answers are attributes.
 *
 * <p>One full handshake yields at most one exported key. The RelativeKeyID that a session exports
 * is always the same, so the registration under it, tombstone included, tells whether the session
 * is used up and for what.
 *
 * @param <S> the transaction the function works in
 */
public final class KeyRegistrations<S extends TrustStore> {
  private final TrustFunction<S> function;
  private final ServiceProvider provider;
  private final Generations generations;
  private final TargetPolicy targetPolicy;
  private final HeldKeys heldKeys;
  private final KeyEntries entries = new KeyEntries();

  public KeyRegistrations(
      TrustFunction<S> function,
      ServiceProvider provider,
      Generations generations,
      TargetPolicy targetPolicy) {
    this.function = function;
    this.provider = provider;
    this.generations = generations;
    this.targetPolicy = targetPolicy;
    this.heldKeys = new HeldKeys(function.fqdn(), provider.sp());
  }

  /**
   * Key Registration: stores the key value that the request has, or exports one from its session.
   *
   * @return the registration, never its key
   * @throws RefusedException STAKEHOLDER_NOT_ALLOWED, INVALID_ATTRIBUTE, TARGET_COUNT,
   *     TARGET_NOT_ALLOWED, NOT_REGISTERED_WITH_FUNCTION, EXPIRATION_IN_THE_PAST, CREDENTIAL_ENDED,
   *     QUOTA_EXCEEDED; NEW_HANDSHAKE_NEEDED where the session can export no key for this request
   */
  public Attributes register(
      S store, SecurityPrincipal client, Attributes given, SessionExport session) {
    Credential opened = credentialOf(store, client);
    requireLatestGeneration(store, opened);
    KeyRequest wanted =
        KeyRequest.of(given, store, client.client(), function.role(), provider, targetPolicy);
    requireClientRegistration(store, client, wanted.adminFqdn());
    Instant limit = function.keyLimit(store, opened, store.now());
    Instant end = grantedEnd(given, limit, store.now());
    List<String> labels = given.texts(TrustResourceNames.LABELS);
    Optional<SecretKeyBytes> value = keyValue(given);
    if (value.isPresent()) {
      KeyIdentifier identity = RelativeKeyId.random().at(function.fqdn());
      return add(store, client, fresh(store, client, identity, wanted, labels, end), value.get());
    }
    ExportedKey exported = export(session);
    KeyIdentifier identity = exported.id().at(function.fqdn());
    // Of the client's live ones, which are in memory; a tombstone shows when the key is added.
    Optional<KeyRegistration> earlier =
        store.keyRegistrations().ofClient(client.client()).stream()
            .filter(held -> held.identity().equals(identity))
            .findFirst();
    if (earlier.isPresent()) {
      exported.key().destroy();
      return repeated(store, client, earlier.get(), wanted);
    }
    return add(store, client, fresh(store, client, identity, wanted, labels, end), exported.key());
  }

  /**
   * Key Retrieval by a target. The labels tell it the Credential-ID of an association by the key,
   * which follows from what its client has with the MAF (TS-0003 clause 8.2.2.3); that is never the
   * client's word.
   *
   * @return the key with what belongs to it; not the targets
   * @throws RefusedException NO_SUCH_RESOURCE, NOT_A_TARGET
   */
  public Attributes retrieve(S store, SecurityPrincipal reader, RelativeKeyId id) {
    KeyRetrieval.RetrievedKey retrieved = heldKeys.retrieve(store, id, reader.client());
    KeyRegistration held = store.keyRegistrations().find(id.at(function.fqdn())).orElseThrow();
    entries.recordHandedOut(store, reader, held);
    byte[] octets = retrieved.key().toByteArray();
    retrieved.key().destroy();
    try {
      return described(held, labelsForTarget(store, held))
          .put(TrustResourceNames.KEY_VALUE, octets)
          .build();
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private List<String> labelsForTarget(S store, KeyRegistration held) {
    List<String> labels = new ArrayList<>(held.labels());
    labels.removeIf(CredentialId::isLabel);
    store
        .credentialIdOf(held.identity(), provider.sp())
        .ifPresent(credential -> labels.add(CredentialId.label(Optional.of(credential))));
    return labels;
  }

  /**
   * Key Registration Update; the answer has what the request had (TS-0003 clause 8.8.2.9). An end
   * that moves forward takes with it what the key led to. None moves beyond what the registration
   * could have had at first.
   *
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION, NOT_REGISTERED_WITH_FUNCTION,
   *     EXPIRATION_IN_THE_PAST, TARGET_COUNT; TARGET_NOT_ALLOWED, also for another target of a key
   *     that opens sessions
   */
  public Attributes update(S store, SecurityPrincipal client, RelativeKeyId id, Attributes given) {
    KeyRegistration own = own(store, client, id);
    boolean hasEnd = given.has(TrustResourceNames.EXPIRATION_TIME);
    boolean hasLabels = given.has(TrustResourceNames.LABELS);
    boolean hasTargets = given.has(TrustResourceNames.TARGET_IDS);
    KeyRegistration changed =
        own.changed(
            hasEnd ? grantedEnd(given, limitOf(store, client, own), store.now()) : own.expiresAt(),
            hasLabels ? given.texts(TrustResourceNames.LABELS) : own.labels(),
            hasTargets ? newTargets(store, client, own, given) : own.targets(),
            store.now());
    store.keyRegistrations().update(changed);
    if (hasEnd && function.pskUse(own.usage()).isPresent()) {
      generations.setExpiry(store, own.identity(), changed.expiresAt());
    }
    entries.record(store, client, AuditAction.KEY_REGISTRATION_UPDATED, changed);
    Attributes.Builder answer = Attributes.builder();
    if (hasEnd) {
      answer.put(TrustResourceNames.EXPIRATION_TIME, changed.expiresAt());
    }
    if (hasLabels && !changed.labels().isEmpty()) {
      answer.put(TrustResourceNames.LABELS, changed.labels());
    }
    if (hasTargets) {
      answer.put(TrustResourceNames.TARGET_IDS, changed.targets());
    }
    return answer.build();
  }

  /**
   * Key De-Registration: the key is wiped, its sessions are closed, its id stays taken.
   *
   * @return what was removed
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION, NOT_REGISTERED_WITH_FUNCTION
   */
  public Attributes delete(S store, SecurityPrincipal client, RelativeKeyId id) {
    KeyRegistration own = own(store, client, id);
    store.keyRegistrations().remove(own.identity());
    if (function.pskUse(own.usage()).isPresent()) {
      generations.giveUp(store, own.identity());
    }
    entries.record(store, client, AuditAction.KEY_DEREGISTERED, own);
    return registered(own).build();
  }

  /**
   * Removes keys whose end has come; of those that open sessions {@link Generations#expire} does.
   *
   * @param limit the most to remove at once
   * @return how many were removed
   */
  public int expire(S store, int limit) {
    List<KeyRegistration> ended =
        store.keyRegistrations().endedBefore(function.fqdn(), store.now(), limit);
    ended.forEach(held -> store.keyRegistrations().remove(held.identity()));
    return ended.size();
  }

  /**
   * Whoever held on to a session of an earlier generation could else displace what the current one
   * led to. A KeId that made room for its own KmId is no earlier generation.
   */
  private void requireLatestGeneration(S store, Credential opened) {
    boolean exchanged =
        store.credentials().derivedFrom(opened.identity()).stream()
            .anyMatch(
                own -> own.group().equals(opened.group()) && own.opensHandshakeAt(store.now()));
    if (!exchanged && !opened.opensHandshakeAt(store.now())) {
      throw newHandshakeNeeded();
    }
  }

  private ExportedKey export(SessionExport session) {
    if (session.resumed()) {
      throw newHandshakeNeeded();
    }
    return session.export(function.exporterLabel());
  }

  private Attributes repeated(
      S store, SecurityPrincipal client, KeyRegistration earlier, KeyRequest wanted) {
    boolean isTheSame =
        earlier.isLiveAt(store.now())
            && earlier.client().equals(client.client())
            && wanted.equals(
                new KeyRequest(earlier.adminFqdn(), earlier.usage(), earlier.targets()));
    if (!isTheSame) {
      throw newHandshakeNeeded();
    }
    return registered(earlier).build();
  }

  private KeyRegistration fresh(
      S store,
      SecurityPrincipal client,
      KeyIdentifier identity,
      KeyRequest wanted,
      List<String> labels,
      Instant end) {
    return new KeyRegistration(
        identity,
        client.client(),
        wanted.adminFqdn(),
        wanted.usage(),
        wanted.targets(),
        labels,
        client.credential(),
        false,
        end,
        store.now(),
        store.now());
  }

  private Attributes add(
      S store, SecurityPrincipal client, KeyRegistration fresh, SecretKeyBytes key) {
    Optional<Credential> credential =
        function.pskUse(fresh.usage()).map(use -> pending(store, client, fresh, use));
    int live = store.keyRegistrations().countLive(fresh.client(), function.fqdn(), store.now());
    if (live >= targetPolicy.keysPerClient()) {
      throw Refusal.QUOTA_EXCEEDED.of("symmKeyReg");
    }
    boolean added =
        credential
            .map(opener -> store.keyRegistrations().add(fresh, key, opener))
            .orElseGet(() -> store.keyRegistrations().add(fresh, key));
    key.destroy();
    if (!added) {
      throw newHandshakeNeeded();
    }
    entries.record(store, client, AuditAction.KEY_REGISTERED, fresh);
    return registered(fresh).build();
  }

  /** The credential that the key becomes, for which an older one makes room. */
  private Credential pending(
      S store, SecurityPrincipal client, KeyRegistration fresh, TrustFunction.PskUse use) {
    String group =
        Generations.group(
            fresh.client(), fresh.adminFqdn(), fresh.usage(), String.join(" ", fresh.targets()));
    function.beforeNewKey(store, client, group);
    generations.replacePending(store, fresh.client(), group);
    return new Credential(
        fresh.identity(),
        use.kind(),
        use.opensSessionWith(),
        fresh.client(),
        fresh.parent(),
        group,
        Credential.Status.PENDING,
        fresh.expiresAt());
  }

  private KeyRegistration own(S store, SecurityPrincipal client, RelativeKeyId id) {
    KeyRegistration held =
        store
            .keyRegistrations()
            .find(id.at(function.fqdn()))
            .filter(k -> k.isLiveAt(store.now()))
            .orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of("symmKeyReg"));
    if (!held.client().equals(client.client())) {
      throw Refusal.FOREIGN_REGISTRATION.of("symmKeyReg");
    }
    requireClientRegistration(store, client, held.adminFqdn());
    return held;
  }

  private void requireClientRegistration(S store, SecurityPrincipal client, Fqdn admin) {
    boolean registered =
        store
            .clientRegistrations()
            .find(function.role(), client.client(), admin)
            .filter(registration -> registration.isLiveAt(store.now()))
            .isPresent();
    if (!registered) {
      throw Refusal.NOT_REGISTERED_WITH_FUNCTION.of(TrustResourceNames.ADMIN_FQDN + " (adminFQDN)");
    }
  }

  /** The limit follows from the session that made the key, not from the one that changes it. */
  private Instant limitOf(S store, SecurityPrincipal client, KeyRegistration own) {
    Credential parent =
        store.credentials().find(own.parent()).orElseGet(() -> credentialOf(store, client));
    return function.keyLimit(store, parent, own.createdAt());
  }

  /** A key that opens sessions stands in its target's line of generations and stays there. */
  private List<String> newTargets(
      S store, SecurityPrincipal client, KeyRegistration own, Attributes given) {
    List<String> named =
        KeyRequest.targets(given, store, client.client(), own.usage(), targetPolicy);
    if (function.pskUse(own.usage()).isPresent() && !named.equals(own.targets())) {
      throw Refusal.TARGET_NOT_ALLOWED.of(TrustResourceNames.TARGET_IDS + " (targetIDs)");
    }
    return named;
  }

  private static Optional<SecretKeyBytes> keyValue(Attributes given) {
    return given
        .octets(TrustResourceNames.KEY_VALUE)
        .map(
            octets -> {
              SecretKeyBytes key = SecretKeyBytes.copyOf(octets);
              Arrays.fill(octets, (byte) 0);
              return key;
            });
  }

  private static Attributes.Builder registered(KeyRegistration held) {
    return Attributes.builder()
        .put(TrustResourceNames.RESOURCE_ID, held.identity().relative())
        .putAll(described(held).build())
        .put(TrustResourceNames.TARGET_IDS, held.targets())
        .put(TrustResourceNames.CREATION_TIME, held.createdAt());
  }

  private static Attributes.Builder described(KeyRegistration held) {
    return described(held, held.labels());
  }

  private static Attributes.Builder described(KeyRegistration held, List<String> labels) {
    Attributes.Builder described =
        Attributes.builder()
            .put(TrustResourceNames.EXPIRATION_TIME, held.expiresAt())
            .put(TrustResourceNames.CLIENT_ID, held.client().value())
            .put(TrustResourceNames.ADMIN_FQDN, held.adminFqdn().value())
            .put(TrustResourceNames.USAGE, held.usage().suid());
    if (!labels.isEmpty()) {
      described.put(TrustResourceNames.LABELS, labels);
    }
    return described;
  }

  private static RefusedException newHandshakeNeeded() {
    return Refusal.NEW_HANDSHAKE_NEEDED.of("symmKeyReg");
  }
}
