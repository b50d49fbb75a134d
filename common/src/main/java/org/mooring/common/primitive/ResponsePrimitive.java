// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response primitive (TS-0004 clause 7.2.1.2). */
public final class ResponsePrimitive {
  private final ResponseStatusCode status;
  private final int coapCode;
  private final String requestId;
  private final @Nullable Representation content;
  private final @Nullable String location;

  private ResponsePrimitive(
      ResponseStatusCode status,
      int coapCode,
      String requestId,
      @Nullable Representation content,
      @Nullable String location) {
    this.status = status;
    this.coapCode = coapCode;
    this.requestId = requestId;
    this.content = content;
    this.location = location;
  }

  public static ResponsePrimitive of(ResponseStatusCode status, String requestId) {
    return new ResponsePrimitive(status, status.coapCode(), requestId, null, null);
  }

  public static ResponsePrimitive of(
      ResponseStatusCode status, String requestId, Representation content) {
    return new ResponsePrimitive(status, status.coapCode(), requestId, content, null);
  }

  /** An error with its debug information {@code <STATUS NAME>: <subject>: <remedy>}. */
  public static ResponsePrimitive refused(RefusedException refused, String requestId) {
    ResponseStatusCode status = refused.refusal().status();
    return new ResponsePrimitive(
        status,
        refused.refusal().coapCode(),
        requestId,
        Representation.of(Representation.DEBUG_INFO, status + ": " + refused.getMessage()),
        null);
  }

  /** This response with the address of a created resource (result content 2 and 3). */
  public ResponsePrimitive withLocation(String address) {
    return new ResponsePrimitive(status, coapCode, requestId, content, address);
  }

  /** This response to the same request under another identifier. */
  public ResponsePrimitive withRequestId(String id) {
    return new ResponsePrimitive(status, coapCode, id, content, location);
  }

  public ResponseStatusCode status() {
    return status;
  }

  /** The CoAP code to send, as class times 100 plus detail. */
  public int coapCode() {
    return coapCode;
  }

  public String requestId() {
    return requestId;
  }

  public Optional<Representation> content() {
    return Optional.ofNullable(content);
  }

  /** The hierarchical address of a created resource, where the originator asked for it. */
  public Optional<String> location() {
    return Optional.ofNullable(location);
  }

  /** The debug information of an error. */
  public Optional<String> debugInfo() {
    return content()
        .filter(c -> c.root().equals(Representation.DEBUG_INFO))
        .map(Representation::value)
        .map(v -> v instanceof AttributeValue.Text t ? t.value() : "");
  }

  @Override
  public String toString() {
    return status.code() + " " + status + " rqi=" + requestId;
  }
}
