// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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
  /** The most descendants that one answer shows. */
  static final int MOST_DESCENDANTS = 2000;

  /** Octets of descendants in one answer; a node may ask for all it ever stored. */
  private static final long MOST_OCTETS = 1 << 20;

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
  private final AccessPolicy access;
  private final ResourceViews views;

  Answers(TypeCatalogue types, AccessPolicy access) {
    this.types = types;
    this.access = access;
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
                  store, resource, views.attributes(store, resource), below(call, resource)));
      case CHILD_RESOURCES ->
          views.representation(
              resource,
              views.withChildren(store, resource, Attributes.NONE, below(call, resource)));
      case ATTRIBUTES_AND_CHILD_REFERENCES ->
          views.representation(
              resource,
              views.attributes(store, resource).toBuilder()
                  .put("ch", views.references(below(call, resource)))
                  .build());
      case CHILD_REFERENCES ->
          Representation.of(
              "m2m:rrl",
              Attributes.builder().put("rrf", views.references(below(call, resource))).build());
      default -> views.representation(resource, views.attributes(store, resource));
    };
  }

  /** The descendants that the requester may retrieve, parents before children. */
  private List<Resource> below(Call call, Resource resource) {
    CreatorScope scope = call.requester().scope();
    int limit = MOST_DESCENDANTS + 1;
    if (call.resources().octetsBelow(resource.id(), scope, limit) > MOST_OCTETS) {
      throw Refusal.UNSUPPORTED_PARAMETER.of(
          "Result Content of more than " + MOST_OCTETS + " octets");
    }
    List<Resource> below = call.resources().below(resource.id(), scope, limit);
    if (below.size() > MOST_DESCENDANTS) {
      throw Refusal.UNSUPPORTED_PARAMETER.of(
          "Result Content of more than " + MOST_DESCENDANTS + " descendants");
    }
    Map<String, Resource> parents = new HashMap<>();
    parents.put(resource.id(), resource);
    below.forEach(child -> parents.put(child.id(), child));
    return access.retrievable(call, resource, below).stream()
        .filter(child -> isDisclosed(parents, child))
        .toList();
  }

  private boolean isDisclosed(Map<String, Resource> parents, Resource child) {
    Resource parent = parents.get(child.parent());
    return parent != null && types.rules(parent.type()).discloses(parent, child.type());
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
