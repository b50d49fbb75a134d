// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** Reads a CoAP response as the response primitive to a known request. */
final class ResponseReader {
  private final Response coap;
  private final OneM2mOptions options;
  private final RequestPrimitive request;

  ResponseReader(Response coap, RequestPrimitive request) {
    this.coap = coap;
    this.options = OneM2mOptions.of(coap.getOptions());
    this.request = request;
  }

  ResponsePrimitive read() {
    requireSameRequest();
    ResponseStatusCode status = status();
    ResponsePrimitive response =
        content(status)
            .map(content -> ResponsePrimitive.of(status, request.requestId(), content))
            .orElseGet(() -> ResponsePrimitive.of(status, request.requestId()));
    List<String> location = coap.getOptions().getLocationPath();
    return location.isEmpty() ? response : response.withLocation(TargetPath.to(location));
  }

  private void requireSameRequest() {
    boolean same =
        options
            .text(OneM2mOption.REQUEST_IDENTIFIER)
            .map(id -> id.equals(request.requestId()))
            .orElse(true);
    if (!same) {
      throw Refusal.MALFORMED_MESSAGE.of(OneM2mOption.REQUEST_IDENTIFIER.parameter());
    }
  }

  /** A status that this project has no name for counts as what its CoAP code stands for. */
  private ResponseStatusCode status() {
    return options.number(OneM2mOption.RESPONSE_STATUS_CODE).stream()
        .mapToObj(ResponseStatusCode::of)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(this::statusOfCoapCode);
  }

  private ResponseStatusCode statusOfCoapCode() {
    CoAP.ResponseCode code = coap.getCode();
    return switch (code) {
      case CREATED -> ResponseStatusCode.CREATED;
      case DELETED -> ResponseStatusCode.DELETED;
      case CHANGED ->
          request.operation() == Operation.NOTIFY
              ? ResponseStatusCode.OK
              : ResponseStatusCode.UPDATED;
      case CONTENT -> ResponseStatusCode.OK;
      case FORBIDDEN -> ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE;
      case NOT_FOUND -> ResponseStatusCode.NOT_FOUND;
      case METHOD_NOT_ALLOWED -> ResponseStatusCode.OPERATION_NOT_ALLOWED;
      case NOT_ACCEPTABLE -> ResponseStatusCode.NOT_ACCEPTABLE;
      case UNSUPPORTED_CONTENT_FORMAT -> ResponseStatusCode.UNSUPPORTED_MEDIA_TYPE;
      case REQUEST_ENTITY_INCOMPLETE, GATEWAY_TIMEOUT -> ResponseStatusCode.REQUEST_TIMEOUT;
      case NOT_IMPLEMENTED -> ResponseStatusCode.NOT_IMPLEMENTED;
      default -> statusOfClass(code);
    };
  }

  private static ResponseStatusCode statusOfClass(CoAP.ResponseCode code) {
    if (code.isClientError()) {
      return ResponseStatusCode.BAD_REQUEST;
    }
    if (code.isServerError()) {
      return ResponseStatusCode.INTERNAL_SERVER_ERROR;
    }
    throw Refusal.MALFORMED_MESSAGE.of("CoAP code");
  }

  private Optional<Representation> content(ResponseStatusCode status) {
    if (coap.getPayloadSize() == 0) {
      return Optional.empty();
    }
    boolean typed = coap.getOptions().hasContentFormat();
    int format = coap.getOptions().getContentFormat();
    if (format == MediaTypeRegistry.APPLICATION_LINK_FORMAT) {
      return Optional.of(Representation.of(Representation.LINK_FORMAT, payloadText()));
    }
    if (!typed && !status.isSuccess()) {
      // RFC 7252 clause 5.5.2: a diagnostic payload, as CoAP stacks send it.
      return Optional.of(Representation.of(Representation.DEBUG_INFO, payloadText()));
    }
    Serialization serialization =
        typed
            ? Serialization.ofContentFormat(format)
                .orElseThrow(() -> Refusal.MEDIA_TYPE_UNSUPPORTED.of("Content-Format"))
            : Serialization.JSON;
    return Optional.of(ContentCodec.read(serialization, coap.getPayload()));
  }

  private String payloadText() {
    return new String(coap.getPayload(), StandardCharsets.UTF_8);
  }
}
