// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.Deletion;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ApplicationProof;
import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.TrustResourceNames;

/**
 * AE Subscription Association, the node's side: in a session with the MAF that Km opened, or with
 * the IN-CSE, which relays it, the node proves that an application has its token and derives Ka as
 * the MAF does. Neither the token's secret nor Ka is sent.
 *
 * <p>Asked for the same instance again the MAF answers the same, so that a lost answer costs
 * nothing but another request.
 */
public final class ApplicationAssociation {
  private final StateKeeper keeper;
  private final ServerClock clock;

  public ApplicationAssociation(StateKeeper keeper, ServerClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * Associates an instance, and stores Ka. That it was asked for is in the vault before, so that a
   * key whose answer is lost is not forgotten.
   *
   * <p>Fails with {@link BadAnswerException} where the answer is of another instance or key, or of
   * one that has ended.
   *
   * @param sender carries requests in the session
   * @param session with the function, made by a full handshake
   * @param function the MAF, where the node's present Km opened the session, or the IN-CSE, which
   *     relays it, where an association did that came from this Km
   */
  public CompletionStage<NodeState> run(
      Sender sender, SecureSession session, Fqdn function, AppInstance instance) {
    PskCredential km = AssociationKeys.of(keeper.state(), Rung.MAF);
    change(instance, AppInstance::askedFor);
    return sender
        .require(request(session, function, instance))
        .thenApply(answer -> keep(instance, km, attributes(answer)));
  }

  private NodeState change(AppInstance instance, UnaryOperator<AppInstance> change) {
    return keeper.update(
        state ->
            state.toBuilder()
                .appInstances(state.appInstances().changed(instance.id(), change))
                .build());
  }

  private static RequestPrimitive request(
      SecureSession session, Fqdn function, AppInstance instance) {
    HeldToken token = instance.token();
    ApplicationProof proof =
        KeyLadder.applicationProof(
            token.secret(),
            ChannelBinding.of(session.channelBinding()),
            token.application(),
            instance.id());
    Attributes content =
        Attributes.builder()
            .put(TrustResourceNames.APP_ID, token.application().value())
            .put(TrustResourceNames.APP_INSTANCE_ID, instance.id().value())
            .put(TrustResourceNames.TOKEN_ID, token.id().toString())
            .put(TrustResourceNames.PROOF, proof.toByteArray())
            .build();
    return RequestPrimitive.builder(
            Operation.CREATE, TrustResourceNames.baseOf(function), RequestIds.random())
        .resourceType(TrustResourceNames.APP_ASSOCIATION.code())
        .content(Representation.of(TrustResourceNames.APP_ASSOCIATION.root(), content))
        .build();
  }

  private static Attributes attributes(ResponsePrimitive answer) {
    return answer
        .content()
        .filter(content -> content.root().equals(TrustResourceNames.APP_ASSOCIATION.root()))
        .map(Representation::attributes)
        .orElseThrow(() -> new BadAnswerException("no appAssociation"));
  }

  private NodeState keep(AppInstance instance, PskCredential km, Attributes given) {
    HeldToken token = instance.token();
    KeyIdentifier kaId = kaId(given, token.maf());
    requireOwn(instance, given);
    Instant end = given.timestamp(TrustResourceNames.EXPIRATION_TIME).orElse(M2mTimestamp.NEVER);
    if (!end.isAfter(clock.now(keeper.state()))) {
      throw new BadAnswerException(
          "a Ka that has ended; set the node's clock, or take another token");
    }
    SecretKeyBytes ka =
        KeyLadder.applicationKey(
            km.key(),
            KeyLadder.applicationInstance(token.secret(), token.application(), instance.id()),
            kaId.relativeKeyId().orElseThrow());
    HeldKey held = new HeldKey(kaId, ka, km.identity(), clock.leaseUntil(end, keeper.state()));
    return keeper.update(
        state ->
            state.toBuilder()
                .appInstances(
                    state
                        .appInstances()
                        .changed(
                            instance.id(),
                            now -> now.token().equals(token) ? now.associated(held) : now))
                .failures(Rung.MAF, 0)
                .build());
  }

  private static KeyIdentifier kaId(Attributes given, Fqdn maf) {
    try {
      KeyIdentifier kaId =
          KeyIdentifier.parse(given.text(TrustResourceNames.APP_KEY_ID).orElse(""));
      if (kaId.issuer().equals(maf) && kaId.relativeKeyId().isPresent()) {
        return kaId;
      }
    } catch (IdentifierSyntaxException e) {
      // Said below: what the server sent is not repeated.
    }
    throw new BadAnswerException("no KaId of the MAF");
  }

  private static void requireOwn(AppInstance instance, Attributes given) {
    boolean isOwn =
        given
                .text(TrustResourceNames.APP_INSTANCE_ID)
                .filter(instance.id().value()::equals)
                .isPresent()
            && given
                .text(TrustResourceNames.APP_ID)
                .filter(instance.token().application().value()::equals)
                .isPresent();
    if (!isOwn) {
      throw new BadAnswerException("an appAssociation of another instance");
    }
  }

  /**
   * Gives an instance up at the MAF and forgets it; one that is gone there does as well.
   *
   * @param function at the other end: the MAF, or the IN-CSE
   */
  public CompletionStage<NodeState> giveUp(Sender sender, Fqdn function, AppInstance instance) {
    KeyIdentifier kaId = instance.key().orElseThrow().id();
    return Deletion.of(sender, TrustResourceNames.below(function, kaId.relative()))
        .thenApply(
            gone ->
                keeper.update(
                    state ->
                        state.toBuilder()
                            .appInstances(state.appInstances().givenUp(instance.id()))
                            .build()));
  }
}
