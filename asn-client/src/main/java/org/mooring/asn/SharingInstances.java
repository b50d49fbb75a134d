// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppInstances;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.identifier.AppInstanceId;

/**
 * The instances whose sessions stand on one association, in the order in which they came: it is
 * opened by the Ka of the first that has one, so that it goes on when that one is removed.
 */
final class SharingInstances implements SharedAssociation.Source {
  /** How often an association is looked at while none of them has a key. */
  private static final Duration WITHOUT_KEY = Duration.ofHours(1);

  private final StateKeeper keeper;
  private final ServerClock clock;
  private final ApplicationOpener opener;
  private final ApplicationOpener.Destination destination;
  private final List<AppInstanceId> members;
  private final boolean isOpenToOthers;

  /**
   * @param first whose association it is
   * @param isOpenToOthers whether the other end lets instances share it
   */
  SharingInstances(
      StateKeeper keeper,
      ServerClock clock,
      ApplicationOpener opener,
      ApplicationOpener.Destination destination,
      AppInstanceId first,
      boolean isOpenToOthers) {
    this.keeper = keeper;
    this.clock = clock;
    this.opener = opener;
    this.destination = destination;
    this.members = new CopyOnWriteArrayList<>(List.of(first));
    this.isOpenToOthers = isOpenToOthers;
  }

  /** Any of them may be the one whose Ka counts, so each has to share with each. */
  @Override
  public boolean admits(AppInstanceId id) {
    AppInstances all = keeper.state().appInstances();
    Optional<AppInstance> joining = all.find(id);
    boolean isSharing =
        isOpenToOthers
            && joining.isPresent()
            && members.stream()
                .flatMap(member -> all.find(member).stream())
                .allMatch(member -> member.token().sharesWith(joining.get().token()));
    if (isSharing && !members.contains(id)) {
      members.add(id);
    }
    return isSharing;
  }

  @Override
  public CompletionStage<ApplicationLink> open() {
    return opener.open(holder().orElse(members.get(0)), destination);
  }

  @Override
  public Duration rest(ApplicationLink link) {
    Optional<HeldKey> ka = holder().flatMap(opener::livingKey);
    if (ka.isEmpty()) {
      return WITHOUT_KEY;
    }
    return link.isOf(ka.get().id())
        ? Duration.between(clock.now(keeper.state()), link.renewAt())
        : Duration.ZERO;
  }

  private Optional<AppInstanceId> holder() {
    return members.stream().filter(member -> opener.livingKey(member).isPresent()).findFirst();
  }
}
