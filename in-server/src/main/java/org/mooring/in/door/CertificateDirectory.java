// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.dtls.CertificateLookup;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Finds the enrolee that a certificate names, if the certificate holds (TS-0003 clause 8.1.2.5):
 * first path and status, then the name among the enrolees.
 */
public final class CertificateDirectory implements CertificateLookup {
  private final Transactions<Repositories> store;
  private final ChainCheck check;
  private final Fqdn mef;
  private final InstantSource clock;

  /**
   * @param mef the function that certificates are for, under whose name they are known
   */
  public CertificateDirectory(
      Transactions<Repositories> store, ChainCheck check, Fqdn mef, InstantSource clock) {
    this.store = store;
    this.check = check;
    this.mef = mef;
    this.clock = clock;
  }

  @Override
  public CompletionStage<String> identify(Query query) {
    List<KeyIdentifier> candidates;
    try {
      candidates = candidates(query.chain());
    } catch (CertificateRefusedException e) {
      return CompletableFuture.failedStage(new Unusable(String.valueOf(e.getMessage())));
    }
    return store.lookUp(tx -> usable(tx, candidates).identity().toString());
  }

  private List<KeyIdentifier> candidates(List<X509Certificate> chain)
      throws CertificateRefusedException {
    check.requireClient(chain, clock.instant());
    List<KeyIdentifier> candidates = new ArrayList<>();
    for (CertificateName name : CertificateName.of(chain.get(0))) {
      candidates.add(new KeyIdentifier(name.relativeId(), mef));
    }
    return candidates;
  }

  private static Credential usable(Repositories tx, List<KeyIdentifier> candidates)
      throws Unusable {
    List<Credential> known =
        candidates.stream()
            .flatMap(candidate -> tx.credentials().find(candidate).stream())
            .filter(credential -> credential.kind() == Credential.Kind.CERTIFICATE)
            .toList();
    if (known.isEmpty()) {
      throw new Unusable("the certificate names no enrolee");
    }
    if (known.size() > 1) {
      throw new Unusable("the certificate names several enrolees");
    }
    PskDirectory.requireUsable(known.get(0), tx.now());
    return known.get(0);
  }
}
