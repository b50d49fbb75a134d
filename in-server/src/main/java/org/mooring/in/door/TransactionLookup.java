// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.bsf.Bsf;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Finds the keys of B-TIDs at the BSFs that made them, and leaves every other psk_identity to
 * another look-up. A B-TID opens a session with the function that the server name names.
 */
public final class TransactionLookup implements CredentialLookup {
  private final Transactions<Repositories> store;
  private final FunctionPaths functions;
  private final Map<Fqdn, Bsf> bsfs;
  private final MethodCheck methods;
  private final CredentialLookup others;

  /**
   * @param bsfs asked for the keys of B-TIDs, by the name that those have
   * @param methods holds USIMs against the policy, where they open sessions with the MAF or the
   *     CSE; the MEF tells a node within the session
   * @param others for identities that are no B-TIDs of these
   */
  public TransactionLookup(
      Transactions<Repositories> store,
      FunctionPaths functions,
      Map<Fqdn, Bsf> bsfs,
      MethodCheck methods,
      CredentialLookup others) {
    this.store = store;
    this.functions = functions;
    this.bsfs = Map.copyOf(bsfs);
    this.methods = methods;
    this.others = others;
  }

  @Override
  public CompletionStage<Optional<SecretKeyBytes>> lookup(Query query) {
    Optional<TransactionId> transaction = transactionOf(query.identity());
    return transaction.isPresent() ? keyOf(transaction.get(), query) : others.lookup(query);
  }

  private Optional<TransactionId> transactionOf(String pskIdentity) {
    try {
      KeyIdentifier id = KeyIdentifier.parse(PskDirectory.withoutPrefix(pskIdentity));
      return bsfs.containsKey(id.issuer()) && TransactionId.isTransactionId(id)
          ? Optional.of(TransactionId.parse(id.toString()))
          : Optional.empty();
    } catch (IdentifierSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whom the B-TID authenticates is known once the BSF gave the key. */
  private CompletionStage<Optional<SecretKeyBytes>> keyOf(TransactionId transaction, Query query) {
    FunctionRole role = query.serverName().flatMap(functions::ofName).orElse(FunctionRole.MEF);
    return Objects.requireNonNull(bsfs.get(transaction.bsf()))
        .retrieve(transaction, new NafId(functions.nameOf(role)), query.source())
        .thenCompose(key -> taken(transaction.canonical(), role, key));
  }

  private CompletionStage<Optional<SecretKeyBytes>> taken(
      KeyIdentifier identity, FunctionRole role, SecretKeyBytes key) {
    return store
        .lookUp(tx -> requireMethod(tx, identity, role))
        .whenComplete(
            (taken, refused) -> {
              if (refused != null) {
                key.destroy();
              }
            })
        .thenApply(taken -> Optional.of(key));
  }

  private boolean requireMethod(Repositories tx, KeyIdentifier identity, FunctionRole role)
      throws Unusable {
    Optional<Credential> known = tx.credentials().find(identity);
    if (known.isPresent()) {
      PskDirectory.requireMethod(tx, methods, known.get(), role);
    }
    return true;
  }
}
