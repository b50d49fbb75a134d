// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Finds the enrolee that a certificate names, if the certificate holds (TS-0003 clause 8.1.2.5):
 * first the path, then the name among the enrolees, then what responders tell. A raw public key is
 * found by its identifier.
 */
public final class CertificateDirectory implements CertificateLookup {
  private final Transactions<Repositories> store;
  private final ChainCheck check;
  private final CertificateStatus status;
  private final Executor judges;
  private final FunctionPaths functions;
  private final MethodCheck methods;
  private final InstantSource clock;

  /**
   * @param judges verifies signatures, apart from the threads of the network; may reject
   * @param functions under whose names certificates are known
   * @param methods as {@link PskDirectory} has it
   */
  public CertificateDirectory(
      Transactions<Repositories> store,
      ChainCheck check,
      CertificateStatus status,
      Executor judges,
      FunctionPaths functions,
      MethodCheck methods,
      InstantSource clock) {
    this.store = store;
    this.check = check;
    this.status = status;
    this.judges = judges;
    this.functions = functions;
    this.methods = methods;
    this.clock = clock;
  }

  @Override
  public CompletionStage<String> identify(Query query) {
    Fqdn function = asked(query.serverName());
    if (query.shown() instanceof Shown.RawPublicKey raw) {
      return identify(raw.key(), function);
    }
    return judge(((Shown.Chain) query.shown()).certificates(), function)
        .thenCompose(this::identify);
  }

  /** The function that is meant; the MEF where the client names none. */
  private Fqdn asked(Optional<Fqdn> serverName) {
    return functions.nameOf(serverName.flatMap(functions::ofName).orElse(FunctionRole.MEF));
  }

  /**
   * A certificate that holds, its status aside.
   *
   * @param path up to the trusted CA
   * @param candidates under which its names would be known
   */
  private record Judged(List<X509Certificate> path, List<KeyIdentifier> candidates) {}

  private CompletableFuture<Judged> judge(List<X509Certificate> chain, Fqdn function) {
    CompletableFuture<Judged> judged = new CompletableFuture<>();
    try {
      judges.execute(() -> judge(chain, function, judged));
    } catch (RejectedExecutionException e) {
      judged.completeExceptionally(new Unusable("too many certificates are being judged"));
    }
    return judged;
  }

  private void judge(List<X509Certificate> chain, Fqdn function, CompletableFuture<Judged> judged) {
    try {
      List<X509Certificate> path = check.requireClient(chain, clock.instant());
      List<String> names =
          CertificateName.of(chain.get(0)).stream().map(CertificateName::relativeId).toList();
      judged.complete(new Judged(path, identifiers(names, function)));
    } catch (CertificateRefusedException e) {
      judged.completeExceptionally(new Unusable(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      judged.completeExceptionally(e);
    }
  }

  /** Nobody's certificate costs no question to a responder. */
  private CompletionStage<String> identify(Judged judged) {
    return store
        .lookUp(
            tx ->
                usable(tx, judged.candidates(), "the certificate names", known -> true)
                    .identity()
                    .toString())
        .thenCompose(known -> status.require(judged.path()).thenApply(good -> known));
  }

  /** The digest that was told of the key counts in its whole length (TS-0003 clause 10.1.2). */
  private CompletionStage<String> identify(PublicKey key, Fqdn function) {
    if (!CertificateKeys.isOnSecp256r1(key)) {
      return CompletableFuture.failedStage(new Unusable("the public key is not on secp256r1"));
    }
    List<KeyIdentifier> candidates = identifiers(PublicKeyId.relativeIds(key), function);
    return store.lookUp(
        tx ->
            usable(tx, candidates, "the public key is that of", known -> isOf(tx, known, key))
                .identity()
                .toString());
  }

  private static boolean isOf(Repositories tx, Credential known, PublicKey key) {
    return tx.enrolees()
        .factoryCredential(known.parent())
        .filter(credential -> PublicKeyId.parse(credential.fingerprint()).matches(key))
        .isPresent();
  }

  private static List<KeyIdentifier> identifiers(List<String> relativeIds, Fqdn function) {
    return relativeIds.stream().map(id -> new KeyIdentifier(id, function)).toList();
  }

  private Credential usable(
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
    PskDirectory.requireMethod(tx, methods, known.get(0), known.get(0).role());
    return known.get(0);
  }
}
