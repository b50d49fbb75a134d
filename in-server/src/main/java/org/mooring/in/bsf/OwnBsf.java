// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.transaction.Transactions;

/** The BSF whose Ks stand in the store here. */
public final class OwnBsf implements Bsf {
  private final Transactions<? extends BsfStore> store;

  public OwnBsf(Transactions<? extends BsfStore> store) {
    this.store = store;
  }

  @Override
  public CompletionStage<SecretKeyBytes> retrieve(TransactionId transaction, NafId naf) {
    return store.lookUp(tx -> key(tx, transaction, naf));
  }

  private static SecretKeyBytes key(BsfStore tx, TransactionId transaction, NafId naf)
      throws Unusable {
    Credential credential =
        tx.credentials()
            .find(transaction.canonical())
            .filter(found -> found.kind() == Credential.Kind.KS)
            .orElseThrow(() -> new Unusable("unknown B-TID"));
    Optional<String> obstacle = credential.obstacleAt(tx.now());
    if (obstacle.isPresent()) {
      throw new Unusable(obstacle.get());
    }
    SecretKeyBytes sessionKey =
        tx.credentials()
            .key(credential.identity())
            .orElseThrow(() -> new Unusable("no key is stored for the identity"));
    try {
      return naf.key(sessionKey, transaction.rand(), new Impi(credential.parent()));
    } finally {
      sessionKey.destroy();
    }
  }
}
