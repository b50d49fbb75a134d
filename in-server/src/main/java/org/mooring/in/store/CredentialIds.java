// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.provider.FunctionRole;

/**
 * The Credential-IDs of sessions with the CSE (TS-0003 clauses 8.2.1 and 12.3.2.1). An association
 * key of the MAF counts as what its client has with the MAF: clause 8.2.2.3 has it so of KmId, and
 * here the same holds for a certificate or public key, of which that clause says nothing.
 */
public final class CredentialIds {
  /** How a certificate or public key is known: its type and a digest of its name. */
  private static final Pattern SHOWN = Pattern.compile("(3[0-4])-[0-9a-f]{32}");

  private final Repositories tx;
  private final SpId sp;

  private CredentialIds(Repositories tx, SpId sp) {
    this.tx = tx;
    this.sp = sp;
  }

  /**
   * @param sp whose CSE it is
   * @param identity the credential that opened the session
   * @throws RefusedException CREDENTIAL_ENDED if it is gone: the session counts as none then, not
   *     as one without a credential
   */
  public static CredentialId idOf(Repositories tx, SpId sp, KeyIdentifier identity) {
    return tx.credentials()
        .find(identity)
        .map(credential -> new CredentialIds(tx, sp).idOf(credential))
        .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }

  /**
   * What sessions with a target of a key have as Credential-ID; empty for a key that opens none
   * with a CSE or AE.
   */
  static Optional<CredentialId> ofAssociation(Repositories tx, SpId sp, KeyIdentifier key) {
    return tx.credentials()
        .find(key)
        .filter(credential -> credential.role() == FunctionRole.CSE)
        .map(credential -> new CredentialIds(tx, sp).idOf(credential));
  }

  /**
   * What sessions of a client with the CSE have as Credential-ID at the moment, or would have.
   *
   * @param client its absolute id
   */
  static List<CredentialId> ofClient(Repositories tx, SpId sp, EntityId client) {
    CredentialIds ids = new CredentialIds(tx, sp);
    return tx.credentials().ofClient(client).stream()
        .filter(held -> held.keepsSessionAt(tx.now()))
        .flatMap(held -> ids.throughEither(held).stream())
        .distinct()
        .toList();
  }

  /** Of one for the CSE, or for the MAF, which hands out a key toward the CSE. */
  private Optional<CredentialId> throughEither(Credential held) {
    return switch (held.role()) {
      case CSE -> Optional.of(idOf(held));
      case MAF -> Optional.of(towardMaf(held.identity(), held.client()));
      default -> Optional.empty();
    };
  }

  private CredentialId towardMaf(KeyIdentifier identity, EntityId client) {
    return ofShown(identity, client).orElseGet(() -> CredentialId.towardMaf(identity));
  }

  private CredentialId idOf(Credential credential) {
    return switch (credential.kind()) {
      case KC -> towardMaf(credential.parent(), credential.client());
      case CERTIFICATE -> ofShown(credential.identity(), credential.client()).orElseThrow();
      default -> CredentialId.ofAssociation(credential.identity());
    };
  }

  /**
   * Of a certificate or public key. What named it may be gone by now, so that its identity has to
   * tell; empty if that is none of these.
   */
  private Optional<CredentialId> ofShown(KeyIdentifier shown, EntityId client) {
    Matcher form = SHOWN.matcher(shown.relative());
    return form.matches()
        ? Optional.of(CredentialId.ofShown(form.group(1), name(form.group(1), shown, client)))
        : Optional.empty();
  }

  /** The name in whose place the identity has a digest; the digest where nobody knows the name. */
  private String name(String type, KeyIdentifier shown, EntityId client) {
    return switch (type) {
      case CredentialId.CSE_ID_CERTIFICATE -> client.fqdn(sp).value();
      case CredentialId.AE_ID_CERTIFICATE -> client.value();
      case CredentialId.NODE_ID_CERTIFICATE ->
          tx.enrolees()
              .ofClient(client)
              .map(enrolee -> enrolee.nodeId().value())
              .orElse(digest(shown));
      default ->
          tx.enrolees()
              .ofClient(client)
              .flatMap(enrolee -> toldBy(enrolee, shown))
              .orElse(digest(shown));
    };
  }

  /** What the operator told of a device or a public key. */
  private Optional<String> toldBy(Enrolee enrolee, KeyIdentifier shown) {
    return tx.enrolees().credentialsOf(enrolee).stream()
        .filter(told -> told.id().relative().equals(shown.relative()))
        .map(FactoryCredential::fingerprint)
        .findFirst();
  }

  private static String digest(KeyIdentifier shown) {
    return shown.relative().substring(shown.relative().indexOf('-') + 1);
  }
}
