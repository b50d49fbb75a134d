// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.Rung;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/**
 * Which instance of an application is to be associated, or given up, next: a pure function of what
 * the node holds. An application key comes from Km, so that there has to be one.
 */
public final class ApplicationPlan {
  private ApplicationPlan() {}

  /** The one that has waited longest; a token that has ended is not shown to the MAF. */
  static Optional<AppInstance> next(NodeState state, Instant now) {
    boolean canAsk =
        state.isUsable(Rung.MAF, now)
            && state
                .registration(Function.MAF)
                .filter(held -> held.lease().isAliveAt(now))
                .isPresent();
    return canAsk
        ? ofThisProvider(state)
            .filter(one -> one.isLeaving() || !one.token().validity().isOverAt(now))
            .filter(instance -> !now.isBefore(instance.dueFrom(master(state).orElseThrow())))
            .min(Comparator.comparing(i -> i.dueFrom(master(state).orElseThrow())))
        : Optional.empty();
  }

  /** When one is due with the present Km. */
  static Instant restUntil(NodeState state) {
    return ofThisProvider(state)
        .map(instance -> instance.dueFrom(master(state).orElseThrow()))
        .min(Comparator.naturalOrder())
        .orElse(M2mTimestamp.NEVER);
  }

  /** Why an instance is not going to be associated as things are, and what to do about it. */
  public static Optional<String> hindrance(NodeState state, AppInstance instance, Instant now) {
    HeldToken token = instance.token();
    if (state.configuration().isEmpty()) {
      return Optional.of("the node is not enrolled yet");
    }
    if (!token.maf().equals(state.configuration().orElseThrow().maf())) {
      return Optional.of("its token is of another provider, for " + token.maf());
    }
    if (!hasMaster(state)) {
      return Optional.of("the node has no key in common with the MAF; enrol it on path maf");
    }
    if (!token.validity().hasBegunAt(now)) {
      return Optional.of("its token begins at " + token.validity().from());
    }
    return token.validity().isOverAt(now)
        ? Optional.of("its token has ended; add another one")
        : Optional.empty();
  }

  private static Stream<AppInstance> ofThisProvider(NodeState state) {
    if (master(state).isEmpty()) {
      return Stream.empty();
    }
    Fqdn maf = state.configuration().orElseThrow().maf();
    return state.appInstances().all().stream()
        .filter(instance -> instance.token().maf().equals(maf));
  }

  /** Km, on a node that shares a key with a MAF. */
  private static Optional<HeldKey> master(NodeState state) {
    return hasMaster(state) ? state.key(Rung.MAF) : Optional.empty();
  }

  private static boolean hasMaster(NodeState state) {
    boolean hasKeyPair =
        state.factory() instanceof PreProvisionedKeyPair && state.cameWith(Rung.MAF);
    return state.isOnPath(EnrolmentPath.MAF) && !hasKeyPair;
  }
}
