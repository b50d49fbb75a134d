// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.ResourceTable;
import org.mooring.in.provider.ServiceProvider;

/**
 * Where a CSE stands among the provider's: what follows from that for registrations with it, and
 * what it hosts.
 */
sealed interface Position {
  /** With which CSE this one is registered, SP-relative; empty for the topmost. */
  default Optional<CseId> registrar() {
    return Optional.empty();
  }

  /** m2m:cseTypeID (<i>cst</i>). */
  int cseType();

  /** What is offered of the types in a table. */
  default ResourceTable hosted(ResourceTable table) {
    return table;
  }

  /**
   * Who gives AEs their stems.
   *
   * @param subscribed by the service subscription as the topmost CSE hosts it
   */
  default StemAssignment stems(StemAssignment subscribed) {
    return subscribed;
  }

  /**
   * Who takes notifications.
   *
   * @param points follows registration points as the topmost CSE does
   */
  default NotificationTarget notified(ServiceProvider provider, NotificationTarget points) {
    return points;
  }

  /** Whether AEs that register here may take a stem of this CSE's along. */
  default boolean letsAesRoam() {
    return false;
  }

  /** Whether a name below the CSEBase is for what the CSE shows itself. */
  default boolean shows(String name) {
    return false;
  }

  /** Follows the end of an AE's registration, or of its announcement for one. */
  default void aeLeft(CseStore store, AeId stem) {}

  /** Follows a sign that an AE which takes its stem along may be registered elsewhere. */
  default void doubted(CseStore store, AeId stem) {}

  /** Follows the registration of a CSE. */
  void registered(CseStore store, CseId cse);

  /** Follows a change of the CSEs that a registered one announces. */
  void descendantsChanged(CseStore store);

  /** Follows the end of a CSE's registration. */
  void deregistered(CseStore store, CseId cse);

  /**
   * The IN-CSE: descendants end here and are announced to nobody. As long as a CSE is registered it
   * has a public domain name (TS-0001 clause 6.5.3).
   *
   * @param offersNames whether it is written down which CSEs have one, for the DNS to be told
   */
  record Topmost(boolean offersNames) implements Position {
    @Override
    public int cseType() {
      return 1;
    }

    @Override
    public void registered(CseStore store, CseId cse) {
      if (offersNames) {
        store.publicNames().offer(cse);
      }
    }

    @Override
    public void descendantsChanged(CseStore store) {}

    @Override
    public void deregistered(CseStore store, CseId cse) {
      store.publicNames().withdraw(cse);
      store.registrationPoints().forgetThrough(cse);
    }
  }

  /**
   * An MN-CSE: whoever registers with it is announced to its own registrar (TS-0001 clause
   * 10.2.2.7). The provider's service subscriptions are not its to host (TS-0004 clause 7.3.3.3).
   *
   * @param superior with which CSE it is registered, SP-relative
   * @param announce run after each commit that changed which CSEs are registered
   * @param withdraw run after each commit by which an AE left that the IN-CSE holds for registered
   *     here
   * @param ask run after each commit that made it doubtful whether an AE, by its stem, still counts
   *     as registered here
   */
  record Middle(CseId superior, Runnable announce, Runnable withdraw, Consumer<AeId> ask)
      implements Position {
    private static final List<Integer> OF_THE_IN_CSE =
        List.of(
            CseResources.SERVICE_SUBSCRIPTION_PROFILE.code(),
            CseResources.SUBSCRIBED_NODE.code(),
            CseResources.SUBSCRIBED_APP_RULE.code());

    @Override
    public Optional<CseId> registrar() {
      return Optional.of(superior);
    }

    @Override
    public int cseType() {
      return 2;
    }

    @Override
    public StemAssignment stems(StemAssignment subscribed) {
      return new StemsOfRegistrar();
    }

    @Override
    public NotificationTarget notified(ServiceProvider provider, NotificationTarget points) {
      return new DepartureNotices(provider, this);
    }

    @Override
    public boolean letsAesRoam() {
      return true;
    }

    @Override
    public boolean shows(String name) {
      return name.equals(superior.stem()) || LeftAes.isName(name);
    }

    @Override
    public void aeLeft(CseStore store, AeId stem) {
      if (!stem.isAssignedByCse()) {
        LeftAes.keep(store, stem);
        store.afterCommit(withdraw);
      }
    }

    @Override
    public void doubted(CseStore store, AeId stem) {
      store.afterCommit(() -> ask.accept(stem));
    }

    @Override
    public ResourceTable hosted(ResourceTable table) {
      return new ResourceTable(table.policies().stream().filter(Middle::isHosted).toList());
    }

    private static boolean isHosted(ResourcePolicy policy) {
      return !OF_THE_IN_CSE.contains(policy.type().code());
    }

    @Override
    public void registered(CseStore store, CseId cse) {
      store.afterCommit(announce);
    }

    @Override
    public void descendantsChanged(CseStore store) {
      store.afterCommit(announce);
    }

    @Override
    public void deregistered(CseStore store, CseId cse) {
      store.afterCommit(announce);
    }
  }
}
