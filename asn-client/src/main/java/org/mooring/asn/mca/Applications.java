// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RepresentationValidator;
import org.mooring.common.resource.TrackedRegistration;

/**
 * The {@code <AE>} resources of the node's own CSE (TS-0001 clause 10.2.2.2, TS-0004 clause 7.4.5).
 * Each is in the vault before it is answered.
 */
final class Applications {
  private static final String WANTS_STEM_OF_CSE = "C";

  private final Supplier<StateKeeper> keeper;
  private final ServerClock clock;

  Applications(Supplier<StateKeeper> keeper, ServerClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /** Whether an AE with this AE-ID-Stem is registered here and has not expired. */
  boolean isRegistered(String stem) {
    return byStem(stem).isPresent();
  }

  /** The AE-ID-Stems of all that are registered here. */
  Set<String> stems() {
    return Set.copyOf(keeper.get().state().applications().keySet());
  }

  /** An AE by its AE-ID-Stem, which is its resourceID, or by its resourceName. */
  Optional<Attributes> find(String name) {
    return byStem(name)
        .or(
            () ->
                keeper.get().state().applications().values().stream()
                    .filter(ae -> ae.text("rn").orElse("").equals(name) && isAlive(ae))
                    .map(this::below)
                    .findFirst());
  }

  private Optional<Attributes> byStem(String stem) {
    return Optional.ofNullable(keeper.get().state().applications().get(stem))
        .filter(this::isAlive)
        .map(this::below);
  }

  /** An AE outlives the CSE-ID under which it was registered: another provider assigns another. */
  private Attributes below(Attributes ae) {
    String parent = keeper.get().state().configuration().orElseThrow().cseId().stem();
    return ae.toBuilder().put("pi", parent).build();
  }

  private boolean isAlive(Attributes ae) {
    return ae.timestamp("et")
        .filter(end -> !clock.now(keeper.get().state()).isBefore(end))
        .isEmpty();
  }

  /**
   * Registers.
   *
   * @throws org.mooring.common.primitive.RefusedException ALREADY_REGISTERED if the stem is taken,
   *     NAME_IN_USE if the name is, or what the table of attribute policies says
   */
  Attributes register(RequestPrimitive request) {
    Optional<String> wanted = wantedStem(request);
    Attributes given = given(request);
    String stem = wanted.orElseGet(() -> WANTS_STEM_OF_CSE + RequestIds.random());
    String name = given.text("rn").orElse(stem);
    keeper.get().update(state -> withNew(state, stem, name, given));
    return byStem(stem).orElseThrow();
  }

  /**
   * Finds what is against a registration here before the provider is asked for its rules or stem.
   *
   * @throws org.mooring.common.primitive.RefusedException as {@link #register} does
   */
  void requireRegistrable(RequestPrimitive request) {
    String stem = wantedStem(request).orElseGet(() -> WANTS_STEM_OF_CSE + RequestIds.random());
    Attributes given = given(request);
    withNew(keeper.get().state(), stem, given.text("rn").orElse(stem), given);
  }

  private Attributes given(RequestPrimitive request) {
    Attributes given =
        RepresentationValidator.forCreate(CseResources.policy(CseResources.AE), content(request));
    requireNoPolicies(given);
    requireFuture(given);
    return given;
  }

  private static Optional<String> wantedStem(RequestPrimitive request) {
    String from = request.from().orElse(WANTS_STEM_OF_CSE);
    if (from.equals(WANTS_STEM_OF_CSE)) {
      return Optional.empty();
    }
    if (!AeId.isValid(from) || !new AeId(from).isStem()) {
      throw Refusal.INVALID_PARAMETER.of("From");
    }
    return Optional.of(from);
  }

  private NodeState withNew(NodeState state, String stem, String name, Attributes given) {
    if (isRegistered(stem)) {
      throw Refusal.ALREADY_REGISTERED.of("From");
    }
    if (find(name).isPresent() || isReserved(name, state)) {
      throw Refusal.NAME_IN_USE.of("rn (resourceName)");
    }
    Instant now = clock.now(state);
    Attributes ae =
        Attributes.builder()
            .put("rn", name)
            .put("ty", CseResources.AE.code())
            .put("ri", stem)
            .put("pi", state.configuration().orElseThrow().cseId().stem())
            .put("ct", now)
            .put("lt", now)
            .put("et", M2mTimestamp.NEVER)
            .putAll(given)
            .put("rn", name)
            .put("aei", stem)
            .build();
    return state.toBuilder().application(stem, ae).build();
  }

  private static boolean isReserved(String name, NodeState state) {
    return name.equals(OwnCse.BASE_NAME)
        || state.configuration().orElseThrow().registrar().stem().equals(name);
  }

  /** Changes an AE; the answer has all its attributes. */
  Attributes update(Attributes ae, RequestPrimitive request) {
    Attributes given =
        RepresentationValidator.forUpdate(CseResources.policy(CseResources.AE), content(request));
    requireNoPolicies(given);
    requireFuture(given);
    String stem = ae.text("ri").orElseThrow();
    requireStillTracked(stem, ae, ae.updatedBy(given));
    NodeState state =
        keeper
            .get()
            .update(
                now ->
                    now.toBuilder()
                        .application(
                            stem, ae.updatedBy(given).toBuilder().put("lt", clock.now(now)).build())
                        .build());
    return state.applications().getOrDefault(stem, ae);
  }

  void deregister(Attributes ae) {
    String stem = ae.text("ri").orElseThrow();
    keeper.get().update(state -> state.toBuilder().withoutApplication(stem).build());
  }

  /** No {@code <accessControlPolicy>} is hosted here, and none is to be named that nobody heeds. */
  private static void requireNoPolicies(Attributes given) {
    if (given.has("acpi")) {
      throw Refusal.UNSUPPORTED_ATTRIBUTE.of("acpi (accessControlPolicyIDs)");
    }
  }

  /** The registrar would go on tracking it, and nobody here would remove it on its word. */
  private static void requireStillTracked(String stem, Attributes before, Attributes after) {
    if (TrackedRegistration.isOne(stem, before) && !TrackedRegistration.isOne(stem, after)) {
      throw Refusal.NOT_PERMITTED_ATTRIBUTE.of("trps (trackRegistrationPoints) of a tracked <AE>");
    }
  }

  private void requireFuture(Attributes given) {
    given
        .timestamp("et")
        .filter(end -> !end.isAfter(clock.now(keeper.get().state())))
        .ifPresent(
            past -> {
              throw Refusal.EXPIRATION_IN_THE_PAST.of("et (expirationTime)");
            });
  }

  private static Representation content(RequestPrimitive request) {
    return request.content().orElseThrow(() -> Refusal.MALFORMED_CONTENT.of("m2m:ae"));
  }
}
