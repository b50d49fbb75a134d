// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;

/** Proves of a request that it is refused as it should be and leaves no trace. */
public final class Refusing {
  private final RunningServer server;

  public Refusing(RunningServer server) {
    this.server = server;
  }

  /**
   * Sends a primitive that is refused.
   *
   * @param status the Response Status Code on the wire
   * @param coapCode the CoAP code on the wire, class times 100 plus detail
   * @param why the reason, known by its remedy in the debug information
   */
  public void refused(
      WireClient client, RequestPrimitive request, int status, int coapCode, Refusal why) {
    refused(client, client.encode(request, Serialization.CBOR), status, coapCode, why);
  }

  public void refused(WireClient client, Request request, int status, int coapCode, Refusal why) {
    StoredRows before = server.stored();

    WireClient.Answer answer = client.send(request);

    assertThat(answer.text()).as("debug information").contains(why.remedy());
    assertThat(answer.statusCode()).as("Response Status Code").isEqualTo(status);
    assertThat(answer.coapCode()).as("CoAP code").isEqualTo(coapCode);
    assertThat(server.stored()).as("what is stored").isEqualTo(before);
  }

  /** The CoAP request of a primitive with the given octets in place of its content. */
  public static Request withContent(
      WireClient client, RequestPrimitive primitive, int contentFormat, byte[] octets) {
    Request request = client.encode(primitive, Serialization.JSON);
    request.getOptions().setContentFormat(contentFormat);
    request.setPayload(octets);
    return request;
  }

  /** The CoAP request of a primitive with the given JSON in place of its content. */
  public static Request withJson(WireClient client, RequestPrimitive primitive, String json) {
    return withContent(
        client,
        primitive,
        MediaTypeRegistry.APPLICATION_JSON,
        json.getBytes(StandardCharsets.UTF_8));
  }
}
