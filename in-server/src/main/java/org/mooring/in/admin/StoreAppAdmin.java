// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.StoreAdminService.ACTOR;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.AppTokens;
import org.mooring.in.app.Application;
import org.mooring.in.app.Applications;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.app.Instances;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.NewToken;
import org.mooring.in.app.SigningKeys;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** Carries an operator's requests about applications out. */
public final class StoreAppAdmin implements AppAdmin {
  private static final int PAGE = 200;
  private static final int SHOWN_TOKENS = 1000;

  private final Transactions<Repositories> store;
  private final ServiceProvider provider;
  private final Applications applications = new Applications();
  private final SigningKeys signingKeys = new SigningKeys();
  private final AppTokens tokens;
  private final Instances instances;

  /**
   * @param generations ends the keys of instances, and their live sessions
   */
  public StoreAppAdmin(
      Transactions<Repositories> store, ServiceProvider provider, Generations generations) {
    this.store = store;
    this.provider = provider;
    this.tokens = new AppTokens(provider, signingKeys);
    this.instances = new Instances(generations);
  }

  @Override
  public CompletionStage<Attributes> register(AppId id) {
    return store.write(tx -> AppDocument.of(applications.register(tx, id, ACTOR)));
  }

  @Override
  public CompletionStage<List<Attributes>> list() {
    return store.read(
        tx -> {
          List<Attributes> documents = new ArrayList<>();
          List<Application> page = applications.list(tx, "", PAGE);
          while (!page.isEmpty()) {
            page.forEach(application -> documents.add(AppDocument.of(application)));
            page = applications.list(tx, page.get(page.size() - 1).id().value(), PAGE);
          }
          return List.copyOf(documents);
        });
  }

  @Override
  public CompletionStage<Attributes> show(AppId id) {
    return store.read(
        tx ->
            AppDocument.of(
                applications.find(tx, id).orElseThrow(() -> notRegistered(id)),
                tokens.ofApplication(tx, id, SHOWN_TOKENS).stream()
                    .map(token -> document(tx, token))
                    .toList(),
                instancesOf(tx, id)));
  }

  private Attributes document(Repositories tx, IssuedToken token) {
    return AppDocument.of(token, instances.living(tx, token.id()), tx.now());
  }

  private List<Attributes> instancesOf(Repositories tx, AppId id) {
    List<Attributes> documents = new ArrayList<>();
    List<Instance> page = instances.ofApplication(tx, id, PAGE);
    while (!page.isEmpty()) {
      page.forEach(instance -> documents.add(AppDocument.of(instance)));
      page = instances.following(tx, page.get(page.size() - 1).name(), PAGE);
    }
    return List.copyOf(documents);
  }

  @Override
  public CompletionStage<Attributes> revoke(AppId id, String reason) {
    return store
        .write(
            tx ->
                AppDocument.of(
                    applications
                        .revoke(tx, id, reason, ACTOR)
                        .orElseThrow(() -> notRegistered(id))))
        .thenCompose(
            document ->
                endAll(tx -> instances.endOf(tx, id, PAGE, reason, ACTOR))
                    .thenApply(done -> document));
  }

  @Override
  public CompletionStage<Attributes> issueToken(NewToken wanted) {
    return store.write(
        tx -> {
          AppTokens.Issued issued = tokens.issue(tx, wanted, ACTOR);
          return document(tx, issued.token()).toBuilder().put("token", issued.compact()).build();
        });
  }

  @Override
  public CompletionStage<Attributes> revokeToken(TokenId id, String reason) {
    return store
        .write(
            tx ->
                tokens
                    .revoke(tx, id, reason, ACTOR)
                    .orElseThrow(
                        () ->
                            AdminException.notFound(
                                "token", id + " was not issued; 'app show' lists tokens")))
        .thenCompose(revoked -> endAll(tx -> instances.endUnder(tx, id, PAGE, reason, ACTOR)))
        .thenCompose(done -> store.read(tx -> document(tx, tokens.find(tx, id).orElseThrow())));
  }

  /** Page by page, so that requests do not wait behind all of them. */
  private CompletionStage<Boolean> endAll(ToIntFunction<Repositories> page) {
    return store
        .write(page::applyAsInt)
        .thenCompose(
            ended ->
                ended == PAGE ? endAll(page) : CompletableFuture.<Boolean>completedStage(true));
  }

  @Override
  public CompletionStage<Attributes> revokeInstance(
      AppId id, AppInstanceId instance, EntityId node, String reason) {
    InstanceName name = new InstanceName(id, instance, node.absolute(provider.sp()));
    return store.write(
        tx ->
            AppDocument.of(
                instances
                    .revoke(tx, name, reason, ACTOR)
                    .orElseThrow(
                        () ->
                            AdminException.notFound(
                                "instance", "name one that 'app show' lists, with its node"))));
  }

  @Override
  public CompletionStage<Attributes> rotateKeys() {
    return store.write(
        tx -> Attributes.builder().put("kid", signingKeys.rotate(tx, ACTOR).kid()).build());
  }

  @Override
  public CompletionStage<Attributes> jwks() {
    return store.read(tx -> AppDocument.of(signingKeys.published(tx)));
  }

  private static AdminException notRegistered(AppId id) {
    return AdminException.notFound("appId", id + " is not registered; 'app list' shows who is");
  }
}
