// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;

/**
 * The resources that the node's own CSE hosts: its {@code <CSEBase>}, the {@code <AE>}s registered
 * with it, and the mirror of the registrar as {@code <remoteCSE>}.
 */
final class OwnTree {
  private static final int REGISTRAR_TYPE = 1;

  private final Supplier<StateKeeper> keeper;
  private final Applications applications;

  OwnTree(Supplier<StateKeeper> keeper, Applications applications) {
    this.keeper = keeper;
    this.applications = applications;
  }

  /** Answers a request whose originator was checked, but for access to the one resource. */
  ResponsePrimitive answer(RequestPrimitive request, McaAddress address) {
    if (address == McaAddress.Base.BASE) {
      return atBase(request);
    }
    String name = ((McaAddress.Child) address).name();
    Optional<Attributes> ae = applications.find(name);
    if (ae.isPresent()) {
      return atApplication(request, ae.get());
    }
    if (name.equals(configuration().registrar().stem()) && isRegistered()) {
      return atRegistrar(request);
    }
    throw Refusal.NO_SUCH_RESOURCE.of("To");
  }

  private ResponsePrimitive atBase(RequestPrimitive request) {
    return switch (request.operation()) {
      case CREATE -> create(request);
      case RETRIEVE -> retrieved(request, CseResources.CSE_BASE, base());
      case UPDATE, DELETE, NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of("CSEBase");
    };
  }

  private ResponsePrimitive create(RequestPrimitive request) {
    int type =
        request.resourceType().orElseThrow(() -> Refusal.MISSING_PARAMETER.of("Resource Type"));
    if (type != CseResources.AE.code()) {
      throw Refusal.UNSUPPORTED_TYPE.of("Resource Type");
    }
    ResultContent wanted = request.resultContent().orElse(ResultContent.ATTRIBUTES);
    boolean offered =
        switch (wanted) {
          case NOTHING,
              ATTRIBUTES,
              HIERARCHICAL_ADDRESS,
              HIERARCHICAL_ADDRESS_AND_ATTRIBUTES,
              MODIFIED_ATTRIBUTES ->
              true;
          default -> false;
        };
    if (!offered) {
      throw Refusal.UNSUPPORTED_PARAMETER.of("Result Content");
    }
    Attributes ae = applications.register(request);
    String path = OwnCse.BASE_NAME + "/" + ae.text("rn").orElseThrow();
    ResponsePrimitive bare = ResponsePrimitive.of(ResponseStatusCode.CREATED, request.requestId());
    ResponsePrimitive whole =
        ResponsePrimitive.of(
            ResponseStatusCode.CREATED,
            request.requestId(),
            Representation.of(CseResources.AE.root(), ae));
    return switch (wanted) {
      case NOTHING -> bare;
      case HIERARCHICAL_ADDRESS -> bare.withLocation(path);
      case HIERARCHICAL_ADDRESS_AND_ATTRIBUTES -> whole.withLocation(path);
      default -> whole;
    };
  }

  /** Default access: the AE itself. */
  private ResponsePrimitive atApplication(RequestPrimitive request, Attributes ae) {
    if (request.operation() == Operation.CREATE) {
      throw Refusal.UNSUPPORTED_TYPE.of("Resource Type");
    }
    if (!request.from().equals(ae.text("ri"))) {
      throw Refusal.NO_PRIVILEGE.of("AE");
    }
    return switch (request.operation()) {
      case RETRIEVE -> retrieved(request, CseResources.AE, ae);
      case UPDATE ->
          content(
              request,
              ResponseStatusCode.UPDATED,
              CseResources.AE,
              applications.update(ae, request));
      case DELETE -> {
        applications.deregister(ae);
        yield ResponsePrimitive.of(ResponseStatusCode.DELETED, request.requestId());
      }
      case CREATE, NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of("AE");
    };
  }

  private ResponsePrimitive atRegistrar(RequestPrimitive request) {
    return switch (request.operation()) {
      case RETRIEVE -> {
        if (request.from().filter(applications::isRegistered).isEmpty()) {
          throw Refusal.NO_PRIVILEGE.of("remoteCSE");
        }
        yield retrieved(request, CseResources.REMOTE_CSE, registrar());
      }
      case CREATE -> throw Refusal.UNSUPPORTED_TYPE.of("Resource Type");
      case UPDATE, DELETE -> throw Refusal.NO_PRIVILEGE.of("remoteCSE");
      case NOTIFY -> throw Refusal.OPERATION_NOT_OFFERED.of("remoteCSE");
    };
  }

  private static ResponsePrimitive retrieved(
      RequestPrimitive request, ResourceType type, Attributes attributes) {
    ResultContent wanted = request.resultContent().orElse(ResultContent.ATTRIBUTES);
    if (wanted != ResultContent.ATTRIBUTES) {
      throw Refusal.UNSUPPORTED_PARAMETER.of("Result Content");
    }
    return content(request, ResponseStatusCode.OK, type, attributes);
  }

  private static ResponsePrimitive content(
      RequestPrimitive request,
      ResponseStatusCode status,
      ResourceType type,
      Attributes attributes) {
    return request.resultContent().filter(wanted -> wanted == ResultContent.NOTHING).isPresent()
        ? ResponsePrimitive.of(status, request.requestId())
        : ResponsePrimitive.of(
            status, request.requestId(), Representation.of(type.root(), attributes));
  }

  private Attributes base() {
    ClientConfiguration configuration = configuration();
    return Attributes.builder()
        .put("rn", OwnCse.BASE_NAME)
        .put("ty", CseResources.CSE_BASE.code())
        .put("ri", configuration.cseId().stem())
        .put("cst", OwnCse.CSE_TYPE)
        .put("csi", configuration.cseId().spRelative().value())
        .put("srt", supportedTypes())
        .put("srv", OwnCse.RELEASES)
        .put("csz", OwnCse.SERIALIZATIONS)
        .build();
  }

  private static AttributeValue supportedTypes() {
    return new AttributeValue.Items(
        List.of(CseResources.AE, CseResources.CSE_BASE, CseResources.REMOTE_CSE).stream()
            .map(type -> AttributeValue.of(type.code()))
            .toList());
  }

  /**
   * What bootstrapping told of the registrar (TS-0004 clause 7.4.4.2.1); it ends with the node's
   * registration there.
   */
  private Attributes registrar() {
    ClientConfiguration configuration = configuration();
    Attributes.Builder mirror = Attributes.builder();
    state()
        .registration(Function.CSE)
        .ifPresent(registration -> mirror.put("et", registration.lease().expires()));
    if (!configuration.registrarAccess().isEmpty()) {
      mirror.put("poa", configuration.registrarAccess());
    }
    return mirror
        .put("rn", configuration.registrar().stem())
        .put("ty", CseResources.REMOTE_CSE.code())
        .put("ri", configuration.registrar().stem())
        .put("pi", configuration.cseId().stem())
        .put("cst", REGISTRAR_TYPE)
        .put("csi", configuration.registrar().spRelative().value())
        .put("cb", OwnCse.registrarBase(configuration))
        .put("rr", true)
        .put("srv", OwnCse.RELEASES)
        .build();
  }

  /** The links of {@code /.well-known/core} (RFC 6690). */
  String links() {
    return "</" + OwnCse.BASE_NAME + ">;rt=\"oneM2M.CSEBase\";ct=\"50 60\"";
  }

  private boolean isRegistered() {
    return state().registration(Function.CSE).isPresent();
  }

  private ClientConfiguration configuration() {
    return state().configuration().orElseThrow();
  }

  private NodeState state() {
    return keeper.get().state();
  }
}
