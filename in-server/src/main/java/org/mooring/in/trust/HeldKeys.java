// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;

/**
 * The keys that a function of this server holds, handed to their targets: those of a MEF derived
 * for the reader (TS-0003 clause 10.3.7), those of a MAF as they are.
 */
public final class HeldKeys implements KeyRetrieval {
  private final Fqdn function;
  private final SpId sp;

  /**
   * @param function the MEF or MAF that holds the keys
   */
  public HeldKeys(Fqdn function, SpId sp) {
    this.function = function;
    this.sp = sp;
  }

  @Override
  public RetrievedKey retrieve(TrustStore store, RelativeKeyId id, Reader reader) {
    KeyRegistration held = usable(store, id.at(function));
    if (!isMeantFor(held, reader)) {
      throw notATarget();
    }
    return handedOut(store, held, reader.fqdn());
  }

  /**
   * Key Retrieval by a client: it is among the targets, or refused, the source client too.
   *
   * @throws RefusedException as {@link #retrieve}
   */
  RetrievedKey retrieve(TrustStore store, RelativeKeyId id, EntityId reader) {
    KeyRegistration held = usable(store, id.at(function));
    if (!held.targets().contains(reader.absolute(sp).value())) {
      throw notATarget();
    }
    return handedOut(store, held, reader.fqdn(sp));
  }

  private KeyRegistration usable(TrustStore store, KeyIdentifier identity) {
    return store
        .keyRegistrations()
        .find(identity)
        .filter(held -> held.isLiveAt(store.now()) && opensSessions(store, held))
        .orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of("symmKeyReg"));
  }

  /**
   * A superseded key is in nobody's use any longer; a key without a credential follows its parent.
   */
  private static boolean opensSessions(TrustStore store, KeyRegistration held) {
    boolean parentRevoked =
        store
            .credentials()
            .find(held.parent())
            .filter(parent -> parent.status() == Credential.Status.REVOKED)
            .isPresent();
    return !parentRevoked
        && store
            .credentials()
            .find(held.identity())
            .map(credential -> credential.opensHandshakeAt(store.now()))
            .orElse(true);
  }

  private boolean isMeantFor(KeyRegistration held, Reader reader) {
    boolean forMaf = held.usage() == KeyUsage.PROVISIONED_FOR_MAF;
    if (forMaf != (reader.role() == FunctionRole.MAF)) {
      return false;
    }
    return held.targets().stream()
        .anyMatch(
            target -> forMaf ? isFqdn(target, reader.fqdn()) : isEntity(target, reader.fqdn()));
  }

  private static boolean isFqdn(String target, Fqdn reader) {
    return target.equals(reader.value());
  }

  private boolean isEntity(String target, Fqdn reader) {
    return target.startsWith("/") && EntityId.of(target).fqdn(sp).equals(reader);
  }

  private static RetrievedKey handedOut(TrustStore store, KeyRegistration held, Fqdn reader) {
    SecretKeyBytes key =
        store
            .keyRegistrations()
            .key(held.identity())
            .orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of("symmKeyReg"));
    if (!held.usage().isOfMef()) {
      return new RetrievedKey(key, held.client(), held.expiresAt(), held.usage());
    }
    SecretKeyBytes derived = KeyLadder.usageConstrained(key, held.usage(), reader);
    key.destroy();
    return new RetrievedKey(derived, held.client(), held.expiresAt(), held.usage());
  }

  private static RefusedException notATarget() {
    return Refusal.NOT_A_TARGET.of("symmKeyReg");
  }
}
