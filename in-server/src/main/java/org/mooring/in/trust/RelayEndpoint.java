// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.RepresentationValidator;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.authz.SecurityPrincipal;

/**
 * Where a function takes requests for a resource of another one in its own sessions and relays
 * them: at {@code //<its FQDN>/-}, as the other one does at its base, with the same answers.
 *
 * @param <S> the transaction the functions work in
 */
public final class RelayEndpoint<S extends TrustStore> {
  private final Fqdn function;
  private final BaseChild<S> resource;

  /**
   * @param function that takes the requests
   * @param resource of the one that answers them
   */
  public RelayEndpoint(Fqdn function, BaseChild<S> resource) {
    this.function = function;
    this.resource = resource;
  }

  /**
   * Whether an address is here.
   *
   * @throws RefusedException INVALID_PARAMETER if the text is no address
   */
  public boolean isFor(String to) {
    return TrustRequests.address(to) instanceof ResourceAddress.Absolute absolute
        && absolute.authority().equals(function)
        && absolute.segments().get(0).equals(TrustResourceNames.BASE_SEGMENT);
  }

  /**
   * Carries a request out, as one within the session that it came in.
   *
   * @param client whom that session authenticated; {@code From} was checked against it before
   * @param request for an address that is here
   * @throws RefusedException to have the transaction undone and the refusal answered
   */
  public ResponsePrimitive handle(
      S store, SecurityPrincipal client, SessionExport session, RequestPrimitive request) {
    boolean hasContent = TrustRequests.wantsContent(request);
    Attributes attributes =
        switch (request.operation()) {
          case CREATE -> create(store, client, session, request);
          case RETRIEVE -> resource.retrieve(store, client, named(store, request));
          case DELETE -> resource.delete(store, client, named(store, request));
          case UPDATE, NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of(type().type().name());
        };
    return TrustRequests.answer(
        request, hasContent, Representation.of(type().type().root(), attributes));
  }

  private Attributes create(
      S store, SecurityPrincipal client, SessionExport session, RequestPrimitive request) {
    boolean isChild =
        below(request).isEmpty() && TrustRequests.type(request) == type().type().code();
    if (!isChild) {
      throw Refusal.NOT_A_CHILD_TYPE.of("ty");
    }
    Attributes given =
        RepresentationValidator.forCreate(type(), TrustRequests.content(request, type()));
    return resource.create(store, client, given, session);
  }

  private RelativeKeyId named(S store, RequestPrimitive request) {
    List<String> below = below(request);
    if (below.isEmpty()) {
      throw Refusal.OPERATION_NOT_OFFERED.of("base of a relay");
    }
    return Optional.of(below.get(0))
        .filter(id -> below.size() == 1 && RelativeKeyId.isValid(id))
        .map(RelativeKeyId::new)
        .filter(id -> resource.has(store, id))
        .orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of("To"));
  }

  private static List<String> below(RequestPrimitive request) {
    List<String> segments = TrustRequests.address(request.to()).segments();
    return segments.subList(1, segments.size());
  }

  private ResourcePolicy type() {
    return resource.policy();
  }
}
