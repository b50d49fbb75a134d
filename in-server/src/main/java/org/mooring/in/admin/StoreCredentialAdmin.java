// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.NewCredential;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** Carries out what is asked about credentials, each in one transaction of the store. */
final class StoreCredentialAdmin implements CredentialAdmin {
  private final Transactions<Repositories> store;
  private final Enrolees enrolees;
  private final boolean allowWeakKey;

  /**
   * @param allowWeakKey whether a factory key of fewer than 16 octets is taken
   */
  StoreCredentialAdmin(Transactions<Repositories> store, Enrolees enrolees, boolean allowWeakKey) {
    this.store = store;
    this.enrolees = enrolees;
    this.allowWeakKey = allowWeakKey;
  }

  @Override
  public CompletionStage<Attributes> add(KeyIdentifier id, EnroleeOrder order) {
    NewCredential wanted = StoreAdminService.credential(order, allowWeakKey).build();
    return store.write(
        tx -> {
          Enrolees.Added added =
              enrolees
                  .credentials()
                  .add(tx, id, wanted, StoreAdminService.ACTOR)
                  .orElseThrow(() -> StoreAdminService.notEnrolled(id));
          return EnroleeDocument.ofAdded(added, enrolees.configuration(added.enrolee()));
        });
  }

  @Override
  public CompletionStage<Attributes> remove(KeyIdentifier id, KeyIdentifier credential) {
    return changed(
        id, tx -> enrolees.credentials().remove(tx, id, credential, StoreAdminService.ACTOR));
  }

  @Override
  public CompletionStage<Attributes> setMinMethod(
      KeyIdentifier id, Optional<EnrolmentMethod> least) {
    return changed(id, tx -> enrolees.methods().setMinimum(tx, id, least, StoreAdminService.ACTOR));
  }

  private CompletionStage<Attributes> changed(
      KeyIdentifier id, Function<Repositories, Optional<Enrolee>> change) {
    return store.write(
        tx -> {
          Enrolee enrolee = change.apply(tx).orElseThrow(() -> StoreAdminService.notEnrolled(id));
          return EnroleeDocument.of(tx.credentials(), enrolee, tx.now());
        });
  }
}
