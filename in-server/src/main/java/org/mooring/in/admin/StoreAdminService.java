// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.InvalidEnroleeException;
import org.mooring.in.mef.NewCredential;
import org.mooring.in.mef.NewEnrolee;
import org.mooring.in.mef.Subscriptions;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** Carries an operator's requests out, each in one transaction of the store. */
public final class StoreAdminService implements AdminService {
  /** Who the audit log names for what is done here. */
  public static final String ACTOR = "admin";

  private static final int PAGE = 1000;

  private final Transactions<Repositories> store;
  private final Enrolees enrolees;
  private final Subscriptions subscriptions;
  private final Generations generations;
  private final CommandAdmin commands;
  private final GroupAdmin groups;
  private final Optional<AppAdmin> apps;
  private final SubscriptionAdmin serviceSubscriptions;
  private final CredentialAdmin credentials;
  private final boolean allowWeakKey;
  private final ServerAdmin server;

  /**
   * @param apps the application registry, where the server is one
   * @param allowWeakKey whether a factory key of fewer than 16 octets is taken
   * @param liveStatus what the server knows of itself at this moment; must not block
   */
  public StoreAdminService(
      Transactions<Repositories> store,
      Enrolees enrolees,
      Subscriptions subscriptions,
      Generations generations,
      CommandAdmin commands,
      GroupAdmin groups,
      Optional<AppAdmin> apps,
      SubscriptionAdmin serviceSubscriptions,
      boolean allowWeakKey,
      Supplier<Attributes> liveStatus) {
    this.store = store;
    this.enrolees = enrolees;
    this.subscriptions = subscriptions;
    this.generations = generations;
    this.commands = commands;
    this.groups = groups;
    this.apps = apps;
    this.serviceSubscriptions = serviceSubscriptions;
    this.credentials = new StoreCredentialAdmin(store, enrolees, allowWeakKey);
    this.allowWeakKey = allowWeakKey;
    this.server = new StoreServerAdmin(store, liveStatus);
  }

  @Override
  public CompletionStage<Attributes> addEnrolee(EnroleeOrder order) {
    NewEnrolee wanted = newEnrolee(order);
    return store.write(tx -> add(tx, wanted));
  }

  @Override
  public CompletionStage<List<Attributes>> importEnrolees(List<EnroleeOrder> orders) {
    List<NewEnrolee> wanted = orders.stream().map(this::newEnrolee).toList();
    return store.write(tx -> addAll(tx, wanted));
  }

  @Override
  public CompletionStage<List<Attributes>> listEnrolees() {
    return store.read(this::list);
  }

  @Override
  public CompletionStage<Attributes> showEnrolee(KeyIdentifier id) {
    return store.read(
        tx -> {
          Enrolees.View view = enrolees.show(tx, id).orElseThrow(() -> notEnrolled(id));
          return EnroleeDocument.withKeys(
              tx.credentials(), view, tx.groups().deviceOf(view.enrolee().entity()), tx.now());
        });
  }

  @Override
  public CompletionStage<Attributes> revokeEnrolee(KeyIdentifier id, String reason) {
    return store.write(tx -> revoke(tx, id, reason));
  }

  @Override
  public CompletionStage<Attributes> retireEnrolee(KeyIdentifier id, String reason) {
    return store.write(tx -> retire(tx, id, reason));
  }

  @Override
  public CompletionStage<Attributes> extendEnrolee(KeyIdentifier id, Instant until) {
    return store.write(tx -> changed(tx, id, () -> subscriptions.extend(tx, id, until, ACTOR)));
  }

  @Override
  public CompletionStage<Attributes> endEnrolee(KeyIdentifier id) {
    return store.write(tx -> changed(tx, id, () -> subscriptions.end(tx, id, ACTOR)));
  }

  public CompletionStage<Attributes> rekeyEnrolee(KeyIdentifier id, EnroleeOrder order) {
    return store.write(
        tx -> {
          Enrolees.Added added =
              enrolees
                  .credentials()
                  .rekey(tx, id, credential(order, allowWeakKey), ACTOR)
                  .orElseThrow(() -> notEnrolled(id));
          return EnroleeDocument.ofAdded(added, enrolees.configuration(added.enrolee()));
        });
  }

  @Override
  public CredentialAdmin credentials() {
    return credentials;
  }

  @Override
  public GroupAdmin groups() {
    return groups;
  }

  @Override
  public Optional<AppAdmin> apps() {
    return apps;
  }

  @Override
  public SubscriptionAdmin serviceSubscriptions() {
    return serviceSubscriptions;
  }

  @Override
  public CompletionStage<Attributes> revokeKey(KeyIdentifier identity, String reason) {
    return store.write(
        tx -> {
          if (key(tx, identity).isRoot() && tx.enrolees().find(identity).isPresent()) {
            return revokeFromFactory(tx, identity, reason);
          }
          generations.revoke(tx, identity, reason, ACTOR);
          return keyDocument(tx, identity);
        });
  }

  @Override
  public CompletionStage<Attributes> addCommand(KeyIdentifier id, CommandOrder order) {
    return store.write(tx -> commands.add(tx, enrolled(tx, id), order, ACTOR));
  }

  @Override
  public CompletionStage<List<Attributes>> listCommands(KeyIdentifier id) {
    return store.read(tx -> commands.list(tx, enrolled(tx, id)));
  }

  @Override
  public CompletionStage<Attributes> cancelCommand(KeyIdentifier id, String command) {
    return store.write(tx -> commands.cancel(tx, enrolled(tx, id), command, ACTOR));
  }

  @Override
  public CompletionStage<Attributes> retireKey(KeyIdentifier identity, String reason) {
    return store.write(
        tx -> {
          if (key(tx, identity).isRoot()) {
            return retireFromFactory(tx, identity, reason);
          }
          generations.retire(tx, identity, reason, ACTOR);
          return keyDocument(tx, identity);
        });
  }

  /** The last credential that an enrolee can enrol with takes the enrolee with it. */
  private Attributes revokeFromFactory(Repositories tx, KeyIdentifier identity, String reason) {
    if (!enrolees.credentials().isOneOfSeveral(tx, identity)) {
      return revoke(tx, identity, reason);
    }
    enrolees.credentials().revoke(tx, identity, reason, ACTOR);
    return keyDocument(tx, identity);
  }

  private Attributes retireFromFactory(Repositories tx, KeyIdentifier identity, String reason) {
    if (!enrolees.credentials().isOneOfSeveral(tx, identity)) {
      return retire(tx, identity, reason);
    }
    enrolees.credentials().retire(tx, identity, reason, ACTOR);
    return keyDocument(tx, identity);
  }

  private static Credential key(Repositories tx, KeyIdentifier identity) {
    return tx.credentials()
        .find(identity)
        .orElseThrow(
            () -> AdminException.notFound("identity", "name a key that enrolee show lists"));
  }

  private static Attributes keyDocument(Repositories tx, KeyIdentifier identity) {
    return Attributes.builder()
        .put("identity", identity.toString())
        .put("status", EnroleeDocument.text(key(tx, identity).status()))
        .build();
  }

  @Override
  public CompletionStage<Attributes> status() {
    return server.status();
  }

  @Override
  public CompletionStage<Attributes> verifyAudit() {
    return server.verifyAudit();
  }

  @Override
  public CompletionStage<List<Attributes>> audit(int limit) {
    return server.audit(limit);
  }

  private NewEnrolee newEnrolee(EnroleeOrder order) {
    NewEnrolee.Builder wanted = NewEnrolee.builder(credential(order, allowWeakKey));
    order.entityId().ifPresent(wanted::entity);
    order.application().ifPresent(wanted::application);
    order.nodeId().ifPresent(wanted::nodeId);
    order.path().ifPresent(wanted::path);
    order.until().ifPresent(wanted::subscribedUntil);
    order.minMethod().ifPresent(wanted::minMethod);
    order.registrarOfNode().ifPresent(wanted::registrar);
    wanted.sharing(order.sharing());
    return wanted.build();
  }

  /** What an order says of the credential itself. */
  static NewCredential.Builder credential(EnroleeOrder order, boolean allowWeakKey) {
    NewCredential.Builder wanted = NewCredential.builder().allowWeakKey(allowWeakKey);
    wanted.factoryKey(order.factoryKey());
    order.certificate().ifPresent(wanted::certificate);
    order.deviceId().ifPresent(wanted::deviceId);
    order.publicKey().ifPresent(wanted::publicKey);
    order.id().ifPresent(wanted::id);
    order.key().ifPresent(wanted::key);
    order.bsf().ifPresent(wanted::operatorBsf);
    order.expires().ifPresent(wanted::expiresAt);
    return wanted;
  }

  private Attributes add(Repositories tx, NewEnrolee wanted) {
    try {
      Enrolees.Added added = enrolees.add(tx, wanted, ACTOR);
      return EnroleeDocument.ofAdded(added, enrolees.configuration(added.enrolee()));
    } catch (InvalidEnroleeException e) {
      throw AdminException.refused(e);
    }
  }

  private List<Attributes> addAll(Repositories tx, List<NewEnrolee> wanted) {
    List<Attributes> added = new ArrayList<>();
    for (NewEnrolee next : wanted) {
      try {
        added.add(add(tx, next));
      } catch (AdminException e) {
        throw new ImportException(added.size() + 1, e);
      }
    }
    return List.copyOf(added);
  }

  private List<Attributes> list(Repositories tx) {
    List<Attributes> documents = new ArrayList<>();
    List<Enrolee> page = enrolees.list(tx, "", PAGE);
    while (!page.isEmpty()) {
      for (Enrolee enrolee : page) {
        documents.add(EnroleeDocument.of(tx.credentials(), enrolee, tx.now()));
      }
      page = enrolees.list(tx, page.get(page.size() - 1).id().toString(), PAGE);
    }
    return List.copyOf(documents);
  }

  private Attributes revoke(Repositories tx, KeyIdentifier id, String reason) {
    return changed(tx, id, () -> enrolees.revoke(tx, id, reason, ACTOR));
  }

  private Attributes retire(Repositories tx, KeyIdentifier id, String reason) {
    return changed(tx, id, () -> enrolees.retire(tx, id, reason, ACTOR));
  }

  private static Attributes changed(
      Repositories tx, KeyIdentifier id, Supplier<Optional<Enrolee>> change) {
    try {
      Enrolee enrolee = change.get().orElseThrow(() -> notEnrolled(id));
      return EnroleeDocument.of(tx.credentials(), enrolee, tx.now());
    } catch (InvalidEnroleeException e) {
      throw AdminException.refused(e);
    }
  }

  private static Enrolee enrolled(Repositories tx, KeyIdentifier id) {
    return tx.enrolees().find(id).orElseThrow(() -> notEnrolled(id));
  }

  static AdminException notEnrolled(KeyIdentifier id) {
    return AdminException.notFound("id", id + " is not enrolled; 'enrolee list' shows who is");
  }
}
