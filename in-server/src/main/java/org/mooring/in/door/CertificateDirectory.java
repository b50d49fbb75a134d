// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.certificate.ChainCheck;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.CertificateLookup;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Finds the enrolee that a certificate names, if the certificate holds (TS-0003 clause 8.1.2.5):
 * first path and status, then the name among the enrolees. A raw public key is found by its
 * identifier.
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
    if (query.shown() instanceof Shown.RawPublicKey raw) {
      return identify(raw.key());
    }
    List<KeyIdentifier> candidates;
    try {
      candidates = candidates(((Shown.Chain) query.shown()).certificates());
    } catch (CertificateRefusedException e) {
      return CompletableFuture.failedStage(new Unusable(String.valueOf(e.getMessage())));
    }
    return store.lookUp(
        tx -> usable(tx, candidates, "the certificate names", root -> true).identity().toString());
  }

  private List<KeyIdentifier> candidates(List<X509Certificate> chain)
      throws CertificateRefusedException {
    check.requireClient(chain, clock.instant());
    return identifiers(
        CertificateName.of(chain.get(0)).stream().map(CertificateName::relativeId).toList());
  }

  /** The digest that was told of the key counts in its whole length (TS-0003 clause 10.1.2). */
  private CompletionStage<String> identify(PublicKey key) {
    if (!CertificateKeys.isOnSecp256r1(key)) {
      return CompletableFuture.failedStage(new Unusable("the public key is not on secp256r1"));
    }
    List<KeyIdentifier> candidates = identifiers(PublicKeyId.relativeIds(key));
    return store.lookUp(
        tx ->
            usable(tx, candidates, "the public key is that of", root -> isOf(tx, root, key))
                .identity()
                .toString());
  }

  private static boolean isOf(Repositories tx, Credential root, PublicKey key) {
    return tx.enrolees()
        .find(root.identity())
        .filter(enrolee -> PublicKeyId.parse(enrolee.fingerprint()).matches(key))
        .isPresent();
  }

  private List<KeyIdentifier> identifiers(List<String> relativeIds) {
    return relativeIds.stream().map(id -> new KeyIdentifier(id, mef)).toList();
  }

  private static Credential usable(
      Repositories tx, List<KeyIdentifier> candidates, String what, Predicate<Credential> matches)
      throws Unusable {
    List<Credential> known =
        candidates.stream()
            .flatMap(candidate -> tx.credentials().find(candidate).stream())
            .filter(credential -> credential.kind() == Credential.Kind.CERTIFICATE)
            .filter(matches)
            .toList();
    if (known.isEmpty()) {
      throw new Unusable(what + " no enrolee");
    }
    if (known.size() > 1) {
      throw new Unusable(what + " several enrolees");
    }
    PskDirectory.requireUsable(tx, known.get(0));
    return known.get(0);
  }
}
