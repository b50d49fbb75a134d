// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.util.Optional;
import java.util.Set;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.cse.Resource;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.transaction.RequestKey;

/**
 * Answers a repeated registration the way it was answered first, so that a client whose answer was
 * lost may send it again. A repeat has the client, the Request Identifier, the operation, the
 * target and the content of the first.
 */
final class RepeatGuard {
  private static final String STATUS = "rsc";
  private static final String CONTENT = "pc";
  private static final Set<Integer> REGISTRATIONS =
      Set.of(CseResources.REMOTE_CSE.code(), CseResources.AE.code(), CseResources.AE_ANNC.code());

  /**
   * Whether the request registers something that must not be registered twice. A registration with
   * a MEF or MAF guards itself, since its live owner gets the same one again; so does that of a key
   * that is exported, since its session exports no other one.
   */
  boolean covers(OriginatedRequest asked) {
    RequestPrimitive request = asked.request();
    if (request.operation() != Operation.CREATE || request.requestId().isEmpty()) {
      return false;
    }
    int type = request.resourceType().orElse(-1);
    return asked.role() == FunctionRole.CSE
        ? REGISTRATIONS.contains(type)
        : type == TrustResourceNames.SYMM_KEY_REG.code() && bringsKey(request);
  }

  /** What tells the request from others of its client. */
  RequestKey keyOf(OriginatedRequest asked) {
    RequestPrimitive request = asked.request();
    return RequestKey.of(
        asked.principal().client().value(),
        request.requestId(),
        request.operation(),
        request.to(),
        distinguished(request));
  }

  /**
   * The answer that was given, for the identifier it is asked again with. None once the
   * registration with the CSE that it tells of has ended: who sends the same then, registers anew.
   */
  Optional<ResponsePrimitive> answerOf(Repositories tx, OriginatedRequest asked, RequestKey key) {
    return tx.repeatedRequests()
        .find(key)
        .map(octets -> decode(octets, key.requestId()))
        .filter(answer -> asked.role() != FunctionRole.CSE || stands(tx, asked, answer));
  }

  private static boolean stands(
      Repositories tx, OriginatedRequest asked, ResponsePrimitive answer) {
    SecurityPrincipal principal = asked.principal();
    Optional<String> then = answer.content().flatMap(content -> content.attributes().text("ri"));
    if (asked.request().resourceType().orElse(-1) == CseResources.AE_ANNC.code()) {
      return then.flatMap(tx.resources()::byId)
          .filter(now -> isAnnouncedBy(now, principal))
          .isPresent();
    }
    return registrationOf(tx, principal, then)
        .filter(now -> then.isEmpty() || then.get().equals(now.id()))
        .isPresent();
  }

  /** Not once the AE moved, or deregistered. */
  private static boolean isAnnouncedBy(Resource annc, SecurityPrincipal principal) {
    return annc.type() == CseResources.AE_ANNC.code()
        && annc.provenance().registree().equals(principal.client().spRelative().value())
        && annc.attributes().text("lnk").filter(link -> link.endsWith("/" + annc.id())).isPresent();
  }

  /**
   * @param id of the one that is asked about, if that is known: an association may have several AEs
   */
  private static Optional<Resource> registrationOf(
      Repositories tx, SecurityPrincipal principal, Optional<String> id) {
    return principal.client() instanceof CseId cse
        ? tx.resources().registrationOf(CseResources.REMOTE_CSE.code(), cse.spRelative())
        : tx.resources().byId(id.orElseGet(() -> ((AeId) principal.client()).stem()));
  }

  void remember(RepeatedRequests repeated, RequestKey key, ResponsePrimitive answer) {
    repeated.remember(key, encode(answer));
  }

  /** The originator and the content. */
  private static byte[] distinguished(RequestPrimitive request) {
    Attributes.Builder parts =
        Attributes.builder()
            .put("fr", request.from().orElse(""))
            .put("ty", request.resourceType().orElse(-1));
    request
        .content()
        .ifPresent(
            content ->
                parts.put(
                    CONTENT, Attributes.builder().put(content.root(), content.value()).build()));
    return ContentCodec.writeAttributes(Serialization.CBOR, parts.build());
  }

  private static boolean bringsKey(RequestPrimitive request) {
    return request
        .content()
        .filter(content -> content.attributes().has(TrustResourceNames.KEY_VALUE))
        .isPresent();
  }

  private static byte[] encode(ResponsePrimitive answer) {
    Attributes.Builder stored = Attributes.builder().put(STATUS, answer.status().code());
    answer
        .content()
        .ifPresent(
            content ->
                stored.put(
                    CONTENT, Attributes.builder().put(content.root(), content.value()).build()));
    return ContentCodec.writeAttributes(Serialization.CBOR, stored.build());
  }

  private static ResponsePrimitive decode(byte[] octets, String requestId) {
    Attributes stored = ContentCodec.readAttributes(Serialization.CBOR, octets);
    ResponseStatusCode status =
        ResponseStatusCode.of(stored.whole(STATUS).orElseThrow()).orElseThrow();
    return stored
        .members(CONTENT)
        .map(
            content -> {
              String root = content.names().iterator().next();
              return ResponsePrimitive.of(
                  status, requestId, new Representation(root, content.get(root).orElseThrow()));
            })
        .orElseGet(() -> ResponsePrimitive.of(status, requestId));
  }
}
