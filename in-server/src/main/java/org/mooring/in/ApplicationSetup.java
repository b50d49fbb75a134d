// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.time.InstantSource;
import java.util.Optional;
import org.mooring.in.admin.AppAdmin;
import org.mooring.in.admin.StoreAppAdmin;
import org.mooring.in.app.Associations;
import org.mooring.in.app.Instances;
import org.mooring.in.credential.Generations;
import org.mooring.in.maf.ApplicationAssociations;
import org.mooring.in.maf.AssociationQuota;
import org.mooring.in.maf.MasterKeys;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.trust.KeyRetrieval;

/** Joins what a server is as an application registry, if it is one. */
final class ApplicationSetup {
  private final boolean isRegistry;
  private final ServiceProvider provider;
  private final Generations generations;
  private final InstantSource clock;

  ApplicationSetup(ServeSettings settings, Generations generations, InstantSource clock) {
    this.isRegistry = settings.roles().contains(ServerRole.APP);
    this.provider = settings.provider();
    this.generations = generations;
    this.clock = clock;
  }

  /**
   * What the MAF associates instances with.
   *
   * @param mefKeys has the Km that was derived from an enrolment key
   */
  Optional<ApplicationAssociations<Repositories>> associations(KeyRetrieval mefKeys) {
    return isRegistry
        ? Optional.of(
            new ApplicationAssociations<>(
                provider,
                generations,
                new Associations(new Instances(generations)),
                new MasterKeys<>(provider, mefKeys),
                new AssociationQuota(clock)))
        : Optional.empty();
  }

  /** What an operator can ask about applications. */
  Optional<AppAdmin> admin(Store store) {
    return isRegistry
        ? Optional.of(new StoreAppAdmin(store, provider, generations))
        : Optional.empty();
  }
}
