// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Ub for nodes without HTTP (ours; no standard has one). It is the exchange of TS 24.109 clause 4.3
 * with a CoAP message for each HTTP message:
 *
 * <ul>
 *   <li>A request is a POST to {@code coap://<BSF>/bsf}, without security, since there is no key
 *       yet. Digests are computed for {@code GET /}, as over HTTP: the BSF does not tell the two
 *       apart.
 *   <li>The payload begins with the value of the one header field that the HTTP message has for
 *       authentication: {@code Authorization} in requests, {@code WWW-Authenticate} in a 4.01,
 *       {@code Authentication-Info} in a 2.04. In a 2.04 a line feed and the document of {@link
 *       BootstrappingInfo} follow. Other answers have a diagnostic text.
 *   <li>4.01 stands for 401, 2.04 for 200, 4.03 for 403 and 4.00 for 400; 5.03 stands for 503:
 *       another try later may do.
 * </ul>
 *
 * @param field the header field's value
 * @param document what follows it, empty where nothing does
 */
public record UbContent(String field, byte[] document) {
  /** The resource's path. */
  public static final String PATH = "bsf";

  /** The request's path in digests, over CoAP as over HTTP. */
  public static final String URI = "/";

  private static final byte LINE_FEED = '\n';

  /** The content of a message that has a field alone. */
  public static UbContent of(String field) {
    return new UbContent(field, new byte[0]);
  }

  /** Takes a payload apart: what stands behind the first line feed is the document. */
  public static UbContent read(byte[] payload) {
    int end = 0;
    while (end < payload.length && payload[end] != LINE_FEED) {
      end++;
    }
    String field = new String(payload, 0, end, StandardCharsets.UTF_8);
    int from = Math.min(end + 1, payload.length);
    return new UbContent(field, Arrays.copyOfRange(payload, from, payload.length));
  }

  /** The payload. */
  public byte[] payload() {
    byte[] text = field.getBytes(StandardCharsets.UTF_8);
    return document.length == 0 ? text : Octets.joined(text, new byte[] {LINE_FEED}, document);
  }
}
