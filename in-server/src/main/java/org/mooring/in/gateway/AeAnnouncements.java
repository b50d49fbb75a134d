// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.provider.ServiceProvider;

/**
 * Announces at the IN-CSE the AEs that register here with a stem of the provider's (TS-0001 clause
 * 10.2.2.2 steps 005 to 007): it decides by the rules for this CSE and the Credential-ID that the
 * issuer of the AE's key told.
 */
public final class AeAnnouncements {
  private static final String STEM_OF_AE = "ri";
  private static final String REFUSED = "the IN-CSE refuses it; its audit log tells why";

  private final Forwarding forwarding;
  private final Function<KeyIdentifier, CompletionStage<CredentialId>> credentials;
  private final Supplier<CompletionStage<Void>> leftAesTold;
  private final CseId own;
  private final CseId registrar;

  /**
   * @param credentials the Credential-ID of an association by the key that opened it
   * @param leftAesTold completes once the IN-CSE was told of the AEs that left
   * @param provider with this CSE as its CSE
   * @param registrar SP-relative
   */
  public AeAnnouncements(
      Forwarding forwarding,
      Function<KeyIdentifier, CompletionStage<CredentialId>> credentials,
      Supplier<CompletionStage<Void>> leftAesTold,
      ServiceProvider provider,
      CseId registrar) {
    this.forwarding = forwarding;
    this.credentials = credentials;
    this.leftAesTold = leftAesTold;
    this.own = provider.cse();
    this.registrar = registrar;
  }

  /**
   * What the IN-CSE says of an AE, by CREATE of its {@code <AEAnnc>}. Never waits.
   *
   * <p>Fails with {@link org.mooring.common.primitive.RefusedException}: as {@link Forwarding#send}
   * does, and NOT_REACHABLE where the IN-CSE refuses this CSE and not the AE.
   */
  public CompletionStage<RegistrarsWord> ask(RegistrarQuestion question) {
    return leftAesTold
        .get()
        .thenCompose(told -> credentials.apply(question.association()))
        .thenCompose(
            credential ->
                send(announcement(question, credential))
                    .thenApply(answer -> word(question, credential, answer)));
  }

  /**
   * Whether the IN-CSE had forgotten an AE, such as after this CSE registered anew, and has been
   * told of it again. It is not where another registrar announces the AE now.
   */
  public CompletionStage<Boolean> announceIfForgotten(RegistrarQuestion question) {
    RequestPrimitive look =
        about(Operation.RETRIEVE, registrar + "/" + question.stem(), question).build();
    return send(look)
        .thenCompose(
            found ->
                found.status() == ResponseStatusCode.NOT_FOUND
                    ? ask(question).thenApply(RegistrarsWord.Announced.class::isInstance)
                    : CompletableFuture.completedStage(false));
  }

  private CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return forwarding.send(request, request.requestId());
  }

  private RequestPrimitive announcement(RegistrarQuestion question, CredentialId credential) {
    Attributes.Builder announced =
        Attributes.builder()
            .put("lnk", link(question))
            .put("api", question.appId())
            .put("lbl", List.of(CredentialId.label(Optional.of(credential))));
    question.until().ifPresent(end -> announced.put("et", end));
    return about(Operation.CREATE, registrar + "/-", question)
        .resourceType(CseResources.AE_ANNC.code())
        .content(Representation.of(CseResources.AE_ANNC.root(), announced.build()))
        .build();
  }

  /** The same question of an AE has the same Request Identifier, so that a repeat shows. */
  private RequestPrimitive.Builder about(
      Operation operation, String to, RegistrarQuestion question) {
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(operation, to, question.stem() + "/" + question.requestId())
            .from(link(question))
            .releaseVersion(ReleaseVersion.RELEASE_3);
    question.expiration().ifPresent(request::requestExpiration);
    return request;
  }

  private String link(RegistrarQuestion question) {
    return own + "/" + question.stem();
  }

  private static RegistrarsWord word(
      RegistrarQuestion question, CredentialId credential, ResponsePrimitive answer) {
    if (answer.status().isSuccess()) {
      return new RegistrarsWord.Announced(credential, stemIn(answer).orElse(question.stem()));
    }
    return refusal(answer.status(), question.release())
        .map(refusal -> new RegistrarsWord.Refused(credential, refusal, REFUSED))
        .orElseThrow(
            () ->
                Refusal.NOT_REACHABLE.of(
                    "registrar (it refuses the announcement: " + answer.status().code() + ")"));
  }

  private static Optional<AeId> stemIn(ResponsePrimitive answer) {
    return answer
        .content()
        .flatMap(content -> content.attributes().text(STEM_OF_AE))
        .filter(AeId::isValid)
        .map(AeId::new);
  }

  /** What is said of the AE, as its release knows it; all else is between the two CSEs. */
  private static Optional<Refusal> refusal(ResponseStatusCode status, ReleaseVersion release) {
    return switch (status) {
      case APP_RULE_VALIDATION_FAILED -> Decision.Outcome.NO_MATCH.refusal(release);
      case SERVICE_SUBSCRIPTION_NOT_ESTABLISHED ->
          Decision.Outcome.NO_SUBSCRIPTION.refusal(release);
      case ORIGINATOR_HAS_ALREADY_REGISTERED -> Optional.of(Decision.refusalOfRegistered(release));
      default -> Optional.empty();
    };
  }
}
