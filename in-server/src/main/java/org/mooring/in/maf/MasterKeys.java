// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import java.util.Optional;
import org.mooring.common.gba.NafId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.bsf.BsfStore;
import org.mooring.in.bsf.HeldNafKeys;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.KeyRetrieval;
import org.mooring.in.trust.TrustStore;

/** Km of a session at the MAF, whatever it was opened by. */
public final class MasterKeys<S extends TrustStore & BsfStore> {
  private final ServiceProvider provider;
  private final KeyRetrieval mef;
  private final HeldNafKeys gba;

  public MasterKeys(ServiceProvider provider, KeyRetrieval mef) {
    this.provider = provider;
    this.mef = mef;
    this.gba = new HeldNafKeys(provider.mef());
  }

  /**
   * The key that the node and the MAF share, which the caller destroys.
   *
   * @throws org.mooring.common.primitive.RefusedException MASTER_KEY_NEEDED where they share none,
   *     CREDENTIAL_ENDED
   */
  SecretKeyBytes of(S store, Credential session) {
    return switch (session.kind()) {
      case KE ->
          mef.retrieve(
                  store,
                  session.identity().relativeKeyId().orElseThrow(),
                  new KeyRetrieval.Reader(FunctionRole.MAF, provider.maf()))
              .key();
      case KM -> present(store.credentials().key(session.identity()));
      case KS -> present(gba.find(store, session, new NafId(provider.maf())));
      case KPM, CERTIFICATE, USIM, KPSA, KC, KA -> throw Refusal.MASTER_KEY_NEEDED.of("session");
    };
  }

  /** The KmId that a session's credential was exchanged for and that still opens one. */
  static <S extends TrustStore> Optional<Credential> assignedFor(S store, KeyIdentifier session) {
    return store.credentials().derivedFrom(session).stream()
        .filter(c -> c.kind() == Credential.Kind.KM && c.opensHandshakeAt(store.now()))
        .findFirst();
  }

  private static SecretKeyBytes present(Optional<SecretKeyBytes> key) {
    return key.orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }
}
