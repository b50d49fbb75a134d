// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.registration;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.AppRule;
import org.mooring.common.subscription.ImpliedNames;
import org.mooring.common.subscription.Profile;

/**
 * The provider's service subscription, as this CSE has to go by it where AEs register here (TS-0004
 * clause 7.3.2.7): its {@code <serviceSubscribedNode>} and the rules that this links, by RETRIEVE
 * over the association. What was told counts for 30 s, then it is asked for again.
 */
public final class SubscribedRules {
  /** How long the provider's word counts. */
  static final Duration FRESH_FOR = Duration.ofSeconds(30);

  private static final String RULE_LINKS = "rlk";
  private static final String LABELS = "lbl";

  private final Sender association;
  private final Supplier<Parties> parties;
  private final InstantSource clock;
  private final Keeping keeping;
  private final Set<String> askedFor = new HashSet<>();
  private @Nullable Instant told;

  /**
   * Who asks whom.
   *
   * @param own this CSE, SP-relative
   * @param registrar SP-relative; one that is not the IN-CSE sends on to its own
   */
  public record Parties(CseId own, CseId registrar) {}

  /** Where it stands what was told last. */
  public interface Keeping {
    Optional<ToldSubscription> kept();

    /** Keeps something else; it may wait for the disk. */
    void keep(ToldSubscription changed);
  }

  public SubscribedRules(
      Sender association, Supplier<Parties> parties, InstantSource clock, Keeping keeping) {
    this.association = association;
    this.parties = parties;
    this.clock = clock;
    this.keeping = keeping;
  }

  /**
   * What a registration is to be held against at the moment. Never waits.
   *
   * <p>Fails with {@link RefusedAnswerException} or {@link BadAnswerException} where the provider
   * does not tell, or as the sender does.
   */
  public CompletionStage<Profile> ask(AeRegistration registration) {
    Optional<ToldSubscription> fresh = fresh(registration);
    return fresh.isPresent()
        ? CompletableFuture.completedStage(fresh.get().profile(registration))
        : read(registration).thenApply(now -> kept(now, registration).profile(registration));
  }

  /** What it would be held against by what was told last; empty if nothing was. */
  public Optional<Profile> remembered(AeRegistration registration) {
    return keeping.kept().map(before -> before.profile(registration));
  }

  private synchronized Optional<ToldSubscription> fresh(AeRegistration registration) {
    boolean isFresh = told != null && clock.instant().isBefore(told.plus(FRESH_FOR));
    return keeping
        .kept()
        .filter(before -> isFresh && askedFor.containsAll(before.concerning(registration)));
  }

  private synchronized ToldSubscription kept(ToldSubscription now, AeRegistration registration) {
    Optional<ToldSubscription> before = keeping.kept();
    ToldSubscription changed = now.over(before);
    for (String link : now.concerning(registration)) {
      changed = changed.withRule(link, Optional.ofNullable(now.rules().get(link)));
    }
    if (before.filter(changed::equals).isEmpty()) {
      keeping.keep(changed);
    }
    Instant instant = clock.instant();
    if (told == null || !instant.isBefore(told.plus(FRESH_FOR))) {
      askedFor.clear();
      told = instant;
    }
    askedFor.addAll(now.concerning(registration));
    return changed;
  }

  private CompletionStage<ToldSubscription> read(AeRegistration registration) {
    Parties now = parties.get();
    String node = now.registrar() + "/" + ImpliedNames.ofNode(now.own());
    return retrieve(now, node, CseResources.SUBSCRIBED_NODE)
        .thenCompose(
            found ->
                found.isPresent()
                    ? linked(now, found.get(), registration)
                    : CompletableFuture.completedStage(
                        ToldSubscription.without(ToldSubscription.Standing.NOT_ESTABLISHED)));
  }

  private CompletionStage<ToldSubscription> linked(
      Parties now, Attributes node, AeRegistration registration) {
    if (node.texts(LABELS).contains(Profile.LABEL_OF_NONE)) {
      return CompletableFuture.completedStage(
          ToldSubscription.without(ToldSubscription.Standing.NONE_WRITTEN));
    }
    ToldSubscription bare =
        new ToldSubscription(ToldSubscription.Standing.LINKED, node.texts(RULE_LINKS), Map.of());
    CompletionStage<ToldSubscription> all = CompletableFuture.completedStage(bare);
    for (String link : bare.concerning(registration)) {
      all = all.thenCompose(some -> rule(now, link).thenApply(one -> some.withRule(link, one)));
    }
    return all;
  }

  private CompletionStage<Optional<AppRule>> rule(Parties now, String link) {
    return retrieve(now, link, CseResources.SUBSCRIBED_APP_RULE)
        .thenApply(found -> found.map(attributes -> ToldSubscription.rule(link, attributes)));
  }

  /** What is at an address; nothing where it is gone, or is not for this CSE any longer. */
  private CompletionStage<Optional<Attributes>> retrieve(
      Parties now, String to, ResourceType type) {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.RETRIEVE, to, RequestIds.random())
            .from(now.own().value())
            .build();
    return association.send(request).thenApply(answer -> read(answer, type));
  }

  private static Optional<Attributes> read(ResponsePrimitive answer, ResourceType type) {
    return switch (answer.status()) {
      case OK ->
          Optional.of(
              answer
                  .content()
                  .filter(content -> content.root().equals(type.root()))
                  .map(Representation::attributes)
                  .orElseThrow(() -> new BadAnswerException("no " + type)));
      case NOT_FOUND, ORIGINATOR_HAS_NO_PRIVILEGE -> Optional.empty();
      default -> throw new RefusedAnswerException(answer);
    };
  }
}
