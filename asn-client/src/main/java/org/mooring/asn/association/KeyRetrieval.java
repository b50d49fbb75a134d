// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.subscription.CredentialId;

/** Key retrieval by a target (TS-0003 clauses 8.3.5.2.8 and 8.8.2.8). */
public final class KeyRetrieval {
  private KeyRetrieval() {}

  /**
   * Asks the function that issued a key for it.
   *
   * <p>Fails with {@code RefusedAnswerException} where the function keeps it back, {@link
   * BadAnswerException}, or as the sender does.
   *
   * @param sender a session with that function
   */
  public static CompletionStage<RetrievedKey> run(Sender sender, KeyIdentifier id) {
    RequestPrimitive request =
        RequestPrimitive.builder(
                Operation.RETRIEVE,
                TrustResourceNames.below(id.issuer(), id.relative()),
                RequestIds.random())
            .build();
    return sender.require(request).thenApply(KeyRetrieval::read);
  }

  private static RetrievedKey read(ResponsePrimitive answer) {
    Attributes given =
        answer
            .content()
            .filter(content -> content.root().equals(TrustResourceNames.SYMM_KEY_REG.root()))
            .map(Representation::attributes)
            .orElseThrow(() -> new BadAnswerException("no <symmKeyReg>"));
    KeyUsage usage =
        KeyUsage.of(given.whole(TrustResourceNames.USAGE).orElse(0))
            .orElseThrow(() -> new BadAnswerException("SUID is missing"));
    Instant expires =
        given
            .timestamp(TrustResourceNames.EXPIRATION_TIME)
            .orElseThrow(() -> new BadAnswerException("expirationTime is missing"));
    return new RetrievedKey(key(given), client(given), usage, expires, credential(given));
  }

  private static Optional<CredentialId> credential(Attributes given) {
    try {
      return CredentialId.toldBy(given.texts(TrustResourceNames.LABELS));
    } catch (IdentifierSyntaxException e) {
      throw new BadAnswerException("labels tell no Credential-ID");
    }
  }

  private static EntityId client(Attributes given) {
    try {
      return EntityId.of(given.text(TrustResourceNames.CLIENT_ID).orElse(""));
    } catch (IdentifierSyntaxException e) {
      throw new BadAnswerException("creator is no CSE-ID or AE-ID");
    }
  }

  private static SecretKeyBytes key(Attributes given) {
    byte[] octets =
        given
            .octets(TrustResourceNames.KEY_VALUE)
            .orElseThrow(() -> new BadAnswerException("keyValue is missing"));
    try {
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }
}
