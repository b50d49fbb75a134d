// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.TentativeKey;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.TrustResourceNames;

/**
 * The key registration procedure of a MEF or MAF without a key value (TS-0003 clauses 8.3.5.2.7 and
 * 8.8.2.7): both ends export the key from the session that carries the request.
 */
public final class KeyRegistration {
  private KeyRegistration() {}

  /**
   * Exports the session's one key.
   *
   * @param session made by a full handshake for this registration
   * @param issuer the function at the other end, which names the key
   * @param parent the credential the session was opened with
   */
  public static TentativeKey export(
      SecureSession session, ExporterLabel label, Fqdn issuer, KeyIdentifier parent) {
    ExportedKey exported = session.export(label);
    return new TentativeKey(
        exported.id().at(issuer), exported.key(), parent, RequestIds.random(), false);
  }

  /**
   * Registers an exported key for one target. The caller has stored the key before.
   *
   * <p>Fails with {@link BadAnswerException} where the server names another key or other targets.
   *
   * @param target a MAF-FQDN or an absolute CSE-ID
   * @return the registration's attributes
   */
  public static CompletionStage<Attributes> register(
      Sender sender, Fqdn function, KeyUsage usage, String target, TentativeKey key) {
    Attributes wanted =
        Attributes.builder()
            .put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER)
            .put(TrustResourceNames.USAGE, usage.suid())
            .put(TrustResourceNames.TARGET_IDS, List.of(target))
            .build();
    RequestPrimitive request =
        RequestPrimitive.builder(
                Operation.CREATE, TrustResourceNames.baseOf(function), key.requestId())
            .resourceType(TrustResourceNames.SYMM_KEY_REG.code())
            .content(Representation.of(TrustResourceNames.SYMM_KEY_REG.root(), wanted))
            .build();
    return sender.require(request).thenApply(answer -> checked(answer, usage, target, key));
  }

  /**
   * De-registers a key (TS-0003 clauses 8.3.5.2.10 and 8.8.2.10); one that is gone does as well.
   */
  public static CompletionStage<Void> delete(Sender sender, Fqdn function, KeyIdentifier key) {
    return Deletion.of(sender, TrustResourceNames.below(function, key.relative()));
  }

  private static Attributes checked(
      ResponsePrimitive answer, KeyUsage usage, String target, TentativeKey key) {
    Attributes given =
        answer
            .content()
            .filter(content -> content.root().equals(TrustResourceNames.SYMM_KEY_REG.root()))
            .map(Representation::attributes)
            .orElseThrow(() -> new BadAnswerException("no <symmKeyReg>"));
    String relative = given.text(TrustResourceNames.RESOURCE_ID).orElse("");
    if (!relative.equalsIgnoreCase(key.id().relative())) {
      throw new BadAnswerException("RelativeKeyID is not the one exported here");
    }
    if (!given.texts(TrustResourceNames.TARGET_IDS).equals(List.of(target))) {
      throw new BadAnswerException("targetIDs are not those requested");
    }
    if (given.whole(TrustResourceNames.USAGE).orElse(usage.suid()) != usage.suid()) {
      throw new BadAnswerException("SUID is not the one requested");
    }
    return given;
  }
}
