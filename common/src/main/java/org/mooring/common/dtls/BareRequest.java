// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.List;
import java.util.OptionalInt;

/**
 * A CoAP request that carries no oneM2M primitive, as those of EST (RFC 9148).
 *
 * @param path the segments of Uri-Path
 * @param contentFormat the number of Content-Format, if one was given
 * @param accept the number of Accept, if one was given
 * @param content the whole payload, put together from its blocks
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record BareRequest(
    Method method,
    List<String> path,
    OptionalInt contentFormat,
    OptionalInt accept,
    byte[] content) {

  /** The methods that such requests use; any other counts as OTHER. */
  public enum Method {
    GET,
    POST,
    OTHER
  }

  public BareRequest {
    path = List.copyOf(path);
  }

  /** Asks for a representation. */
  public static BareRequest get(List<String> path, int accept) {
    return new BareRequest(
        Method.GET, path, OptionalInt.empty(), OptionalInt.of(accept), new byte[0]);
  }

  /** Sends a representation to be processed. */
  public static BareRequest post(List<String> path, int contentFormat, byte[] content, int accept) {
    return new BareRequest(
        Method.POST, path, OptionalInt.of(contentFormat), OptionalInt.of(accept), content);
  }

  /** Method and path alone. */
  @Override
  public String toString() {
    return method + " /" + String.join("/", path);
  }
}
