// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.Optional;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.resource.ResourcePolicy;

/** What is the same in every request for a trust resource and in its answer. */
final class TrustRequests {
  private TrustRequests() {}

  /**
   * @throws RefusedException INVALID_PARAMETER
   */
  static ResourceAddress address(String to) {
    try {
      return ResourceAddress.parse(to);
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_PARAMETER.of("To");
    }
  }

  /**
   * The code of the type that a CREATE names.
   *
   * @throws RefusedException MISSING_PARAMETER
   */
  static int type(RequestPrimitive request) {
    return request.resourceType().orElseThrow(() -> Refusal.MISSING_PARAMETER.of("ty"));
  }

  /**
   * @throws RefusedException MALFORMED_CONTENT if there is none
   */
  static Representation content(RequestPrimitive request, ResourcePolicy type) {
    return request.content().orElseThrow(() -> Refusal.MALFORMED_CONTENT.of(type.type().root()));
  }

  /**
   * Whether the answer has content: Result Content 1 or 0; where none is asked for, a DELETE
   * answers without.
   *
   * @throws RefusedException INVALID_PARAMETER for any other
   */
  static boolean wantsContent(RequestPrimitive request) {
    boolean isDelete = request.operation() == Operation.DELETE;
    Optional<ResultContent> asked = request.resultContent();
    ResultContent wanted =
        asked.orElse(isDelete ? ResultContent.NOTHING : ResultContent.ATTRIBUTES);
    boolean isRetrieve = request.operation() == Operation.RETRIEVE;
    if (wanted == ResultContent.ATTRIBUTES || (wanted == ResultContent.NOTHING && !isRetrieve)) {
      return wanted == ResultContent.ATTRIBUTES;
    }
    throw Refusal.INVALID_PARAMETER.of("rcn");
  }

  /**
   * The answer to a request that was carried out.
   *
   * @param content there, if it is wanted
   */
  static ResponsePrimitive answer(
      RequestPrimitive request, boolean hasContent, Representation content) {
    ResponseStatusCode status = statusOf(request.operation());
    return hasContent
        ? ResponsePrimitive.of(status, request.requestId(), content)
        : ResponsePrimitive.of(status, request.requestId());
  }

  private static ResponseStatusCode statusOf(Operation operation) {
    return switch (operation) {
      case CREATE -> ResponseStatusCode.CREATED;
      case UPDATE -> ResponseStatusCode.UPDATED;
      case DELETE -> ResponseStatusCode.DELETED;
      case RETRIEVE, NOTIFY -> ResponseStatusCode.OK;
    };
  }
}
