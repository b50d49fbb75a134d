// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.Rand;
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
  public CompletionStage<SecretKeyBytes> retrieve(
      TransactionId transaction, NafId naf, ByteBuffer source) {
    return store.lookUp(tx -> key(tx, usable(tx, transaction), naf));
  }

  /** The Ks of a B-TID, if it opens anything now. */
  static Credential usable(BsfStore tx, TransactionId transaction) throws Unusable {
    Credential credential =
        tx.credentials()
            .find(transaction.canonical())
            .filter(found -> found.kind() == Credential.Kind.KS)
            .orElseThrow(() -> new Unusable("unknown B-TID"));
    requireUsable(tx, credential);
    return credential;
  }

  static void requireUsable(BsfStore tx, Credential credential) throws Unusable {
    Optional<String> obstacle = credential.obstacleAt(tx.now());
    if (obstacle.isPresent()) {
      throw new Unusable(obstacle.get());
    }
  }

  /** Whose USIM made a Ks. */
  static Impi impi(Credential ks) {
    return new Impi(ks.parent());
  }

  /** Ks_NAF; the reader destroys it. */
  static SecretKeyBytes key(BsfStore tx, Credential ks, NafId naf) throws Unusable {
    return stored(tx, ks, naf).orElseThrow(() -> new Unusable("no key is stored for the identity"));
  }

  /** The same, empty where the Ks is gone. It is kept under RAND in hex. */
  static Optional<SecretKeyBytes> stored(BsfStore tx, Credential ks, NafId naf) {
    Rand rand = Rand.of(HexFormat.of().parseHex(ks.identity().relative()));
    Optional<SecretKeyBytes> sessionKey = tx.credentials().key(ks.identity());
    try {
      return sessionKey.map(key -> naf.key(key, rand, impi(ks)));
    } finally {
      sessionKey.ifPresent(SecretKeyBytes::destroy);
    }
  }
}
