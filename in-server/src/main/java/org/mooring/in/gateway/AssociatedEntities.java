// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.transaction.Transactions;

/** Whom the keys that were given to this CSE authenticate: the clients that registered them. */
public final class AssociatedEntities implements LiveSessions.Directory {
  private final Transactions<? extends GatewayStore> store;

  public AssociatedEntities(Transactions<? extends GatewayStore> store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Optional<SecurityPrincipal>> principal(
      KeyIdentifier credential, Optional<Fqdn> serverName) {
    return store.lookUp(
        tx ->
            tx.credentials()
                .find(credential)
                .filter(held -> held.keepsSessionAt(tx.now()))
                .map(
                    held ->
                        new SecurityPrincipal.AssociatedEntity(
                            held.identity(), held.client(), held.expiresAt())));
  }
}
