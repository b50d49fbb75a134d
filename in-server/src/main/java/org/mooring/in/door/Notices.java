// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.List;
import java.util.function.Consumer;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.in.credential.Credential;
import org.mooring.in.cse.Onward;
import org.mooring.in.gateway.Descent;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications of this CSE's own to the CSEs below it, once each. Nobody waits for the
 * answer: what a CSE that is away does not hear, it asks for.
 */
public final class Notices implements Consumer<Onward> {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private final Transactions<Repositories> store;
  private final Descent descent;
  private final ServiceProvider provider;

  public Notices(Transactions<Repositories> store, Descent descent, ServiceProvider provider) {
    this.store = store;
    this.descent = descent;
    this.provider = provider;
  }

  /** Never waits. */
  @Override
  public void accept(Onward notice) {
    CseId node = notice.below().orElseThrow();
    var unused =
        store
            .lookUp(tx -> associations(tx, provider, node))
            .thenCompose(
                credentials ->
                    descent.send(notice.request(), credentials, notice.request().requestId()))
            .whenComplete(
                (answer, failure) -> {
                  if (failure != null) {
                    LOG.debug("{} was not notified: {}", node, Failures.reasonOf(failure));
                  }
                });
  }

  /** The credentials under which a CSE may have an association now. */
  static List<KeyIdentifier> associations(Repositories tx, ServiceProvider provider, CseId node) {
    return tx.credentials().ofClient(node.absolute(provider.sp())).stream()
        .filter(held -> held.keepsSessionAt(tx.now()))
        .map(Credential::identity)
        .toList();
  }
}
