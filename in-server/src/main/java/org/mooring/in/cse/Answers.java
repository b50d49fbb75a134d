// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.primitive.ResultContent;

/** The response to each operation with the content asked for (TS-0001 table 8.1.2-1). */
final class Answers {
  private static final Set<ResultContent> ON_CREATE =
      EnumSet.of(
          ResultContent.NOTHING,
          ResultContent.ATTRIBUTES,
          ResultContent.HIERARCHICAL_ADDRESS,
          ResultContent.HIERARCHICAL_ADDRESS_AND_ATTRIBUTES,
          ResultContent.MODIFIED_ATTRIBUTES);
  private static final Set<ResultContent> ON_UPDATE =
      EnumSet.of(
          ResultContent.NOTHING, ResultContent.ATTRIBUTES, ResultContent.MODIFIED_ATTRIBUTES);
  private static final Set<ResultContent> ON_RETRIEVE =
      EnumSet.of(
          ResultContent.ATTRIBUTES,
          ResultContent.ATTRIBUTES_AND_CHILD_RESOURCES,
          ResultContent.ATTRIBUTES_AND_CHILD_REFERENCES,
          ResultContent.CHILD_REFERENCES,
          ResultContent.CHILD_RESOURCES);

  private final TypeCatalogue types;
  private final Descendants descendants;
  private final ResourceViews views;

  Answers(TypeCatalogue types, AccessPolicy access) {
    this.types = types;
    this.descendants = new Descendants(types, access);
    this.views = new ResourceViews(types);
  }

  /**
   * The content that the request asks for or that its operation has by default.
   *
   * @throws RefusedException INVALID_PARAMETER for one that the operation does not have; the
   *     original resource (7) is among these, for no announced resource is hosted
   */
  static ResultContent wanted(Operation operation, Call call) {
    ResultContent byDefault =
        operation == Operation.DELETE ? ResultContent.NOTHING : ResultContent.ATTRIBUTES;
    ResultContent wanted = call.request().resultContent().orElse(byDefault);
    boolean valid =
        switch (operation) {
          case CREATE -> ON_CREATE.contains(wanted);
          case RETRIEVE -> ON_RETRIEVE.contains(wanted);
          case UPDATE -> ON_UPDATE.contains(wanted);
          case DELETE -> wanted == ResultContent.NOTHING || ON_RETRIEVE.contains(wanted);
          case NOTIFY -> false;
        };
    if (!valid) {
      throw Refusal.INVALID_PARAMETER.of("Result Content");
    }
    return wanted;
  }

  /**
   * The answer to a CREATE.
   *
   * @param given the attributes of the request
   */
  ResponsePrimitive created(Call call, ResultContent wanted, Resource created, Attributes given) {
    Attributes shown = views.attributes(call.store(), created);
    String address = created.path();
    return switch (wanted) {
      case NOTHING -> answer(ResponseStatusCode.CREATED, call);
      case HIERARCHICAL_ADDRESS ->
          answer(ResponseStatusCode.CREATED, call, Representation.of("m2m:uri", address))
              .withLocation(address);
      case HIERARCHICAL_ADDRESS_AND_ATTRIBUTES ->
          answer(ResponseStatusCode.CREATED, call, wrapped(created, shown)).withLocation(address);
      case MODIFIED_ATTRIBUTES ->
          answer(
              ResponseStatusCode.CREATED,
              call,
              views.representation(created, differing(shown, given)));
      default -> answer(ResponseStatusCode.CREATED, call, views.representation(created, shown));
    };
  }

  /** The answer to a RETRIEVE. */
  ResponsePrimitive retrieved(Call call, ResultContent wanted, Resource resource) {
    return answer(ResponseStatusCode.OK, call, content(call, wanted, resource));
  }

  /**
   * The answer to an UPDATE.
   *
   * @param changes the attributes of the request
   */
  ResponsePrimitive updated(
      Call call, ResultContent wanted, Resource before, Resource after, Attributes changes) {
    Attributes shown = views.attributes(call.store(), after);
    return switch (wanted) {
      case NOTHING -> answer(ResponseStatusCode.UPDATED, call);
      case MODIFIED_ATTRIBUTES ->
          answer(
              ResponseStatusCode.UPDATED,
              call,
              views.representation(
                  after,
                  differing(differing(shown, views.attributes(call.store(), before)), changes)));
      default -> answer(ResponseStatusCode.UPDATED, call, views.representation(after, shown));
    };
  }

  /** The answer to a DELETE, made while the resource is still there. */
  ResponsePrimitive deleting(Call call, ResultContent wanted, Resource resource) {
    return wanted == ResultContent.NOTHING
        ? answer(ResponseStatusCode.DELETED, call)
        : answer(ResponseStatusCode.DELETED, call, content(call, wanted, resource));
  }

  private Representation content(Call call, ResultContent wanted, Resource resource) {
    CseStore store = call.store();
    return switch (wanted) {
      case ATTRIBUTES_AND_CHILD_RESOURCES ->
          views.representation(
              resource,
              views.withChildren(
                  store,
                  resource,
                  views.attributes(store, resource),
                  descendants.shown(call, resource)));
      case CHILD_RESOURCES ->
          views.representation(
              resource,
              views.withChildren(
                  store, resource, Attributes.NONE, descendants.shown(call, resource)));
      case ATTRIBUTES_AND_CHILD_REFERENCES ->
          views.representation(
              resource,
              views.attributes(store, resource).toBuilder()
                  .put("ch", views.references(descendants.shown(call, resource)))
                  .build());
      case CHILD_REFERENCES ->
          Representation.of(
              "m2m:rrl",
              Attributes.builder()
                  .put("rrf", views.references(descendants.shown(call, resource)))
                  .build());
      default -> views.representation(resource, views.attributes(store, resource));
    };
  }

  private Representation wrapped(Resource created, Attributes shown) {
    return Representation.of(
        "m2m:rce",
        Attributes.builder()
            .put(types.policyOf(created).type().root(), shown)
            .put("uri", created.path())
            .build());
  }

  /** The attributes that the others lack or have with another value. */
  private static Attributes differing(Attributes attributes, Attributes others) {
    Attributes.Builder kept = Attributes.builder();
    for (Map.Entry<String, AttributeValue> entry : attributes.asMap().entrySet()) {
      if (!others.get(entry.getKey()).filter(entry.getValue()::equals).isPresent()) {
        kept.put(entry.getKey(), entry.getValue());
      }
    }
    return kept.build();
  }

  private static ResponsePrimitive answer(ResponseStatusCode status, Call call) {
    return ResponsePrimitive.of(status, call.request().requestId());
  }

  private static ResponsePrimitive answer(
      ResponseStatusCode status, Call call, Representation content) {
    return ResponsePrimitive.of(status, call.request().requestId(), content);
  }
}
