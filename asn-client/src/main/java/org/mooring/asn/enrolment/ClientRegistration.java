// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.resource.TrustResourceNames;

/**
 * The client registration procedures of a MEF or MAF (TS-0003 clauses 8.3.5.2.3 and 8.8.2.3). The
 * administrating stakeholder is the provider, so adminFQDN is left out.
 */
public final class ClientRegistration {
  private ClientRegistration() {}

  /**
   * Registers, as long as the server allows.
   *
   * @param type {@code <mefClientReg>} or {@code <mafClientReg>}
   * @param labels what the client says besides, perhaps nothing
   * @return the registration's attributes, with {@code ri}
   */
  public static CompletionStage<Attributes> create(
      Sender sender, Fqdn function, ResourceType type, List<String> labels, String requestId) {
    Attributes.Builder content = untilNever();
    if (!labels.isEmpty()) {
      content.put(TrustResourceNames.LABELS, labels);
    }
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, TrustResourceNames.baseOf(function), requestId)
            .resourceType(type.code())
            .content(Representation.of(type.root(), content.build()))
            .build();
    return sender.require(request).thenApply(answer -> registered(answer, type));
  }

  /** Prolongs a registration as long as the server allows. */
  public static CompletionStage<Attributes> prolong(
      Sender sender, Fqdn function, ResourceType type, String resourceId) {
    RequestPrimitive request =
        RequestPrimitive.builder(
                Operation.UPDATE,
                TrustResourceNames.below(function, resourceId),
                RequestIds.random())
            .content(Representation.of(type.root(), untilNever().build()))
            .build();
    return sender.require(request).thenApply(answer -> attributesOf(answer, type));
  }

  /**
   * De-registers (TS-0003 clauses 8.3.5.2.6 and 8.8.2.6); one that is gone already does as well.
   */
  public static CompletionStage<Void> delete(Sender sender, Fqdn function, String resourceId) {
    return Deletion.of(sender, TrustResourceNames.below(function, resourceId));
  }

  /** A node without a trusted clock names the latest time there is; the server shortens it. */
  private static Attributes.Builder untilNever() {
    return Attributes.builder().put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER);
  }

  private static Attributes registered(ResponsePrimitive answer, ResourceType type) {
    Attributes attributes = attributesOf(answer, type);
    if (attributes.text(TrustResourceNames.RESOURCE_ID).isEmpty()) {
      throw new BadAnswerException(type + " without a resourceID");
    }
    return attributes;
  }

  private static Attributes attributesOf(ResponsePrimitive answer, ResourceType type) {
    return answer
        .content()
        .filter(content -> content.root().equals(type.root()))
        .map(Representation::attributes)
        .orElseThrow(() -> new BadAnswerException("no " + type));
  }
}
