// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.nio.charset.StandardCharsets;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** Writes a response primitive as a CoAP response (TS-0008 clauses 6.2.3 and 6.2.4). */
final class ResponseWriter {
  private ResponseWriter() {}

  static Response write(ResponsePrimitive response, ReplyStyle style) {
    boolean emptyOk = style.notification() && response.status() == ResponseStatusCode.OK;
    Response coap = new Response(emptyOk ? CoAP.ResponseCode.CHANGED : code(response.coapCode()));
    // TS-0008 clause 6.4: without it every cache on the way would keep answers for 60 seconds.
    coap.getOptions().setMaxAge(0);
    if (style.showsOptions()) {
      writeOptions(coap, response, style);
    }
    response.location().ifPresent(address -> writeLocation(coap, address));
    if (!emptyOk) {
      response.content().ifPresent(content -> writeContent(coap, content, style.serialization()));
    }
    return coap;
  }

  private static CoAP.ResponseCode code(int classAndDetail) {
    return CoAP.ResponseCode.valueOf((classAndDetail / 100) << 5 | classAndDetail % 100);
  }

  private static void writeOptions(Response coap, ResponsePrimitive response, ReplyStyle style) {
    OneM2mOptionWriter options = new OneM2mOptionWriter(coap.getOptions(), style.generation());
    options.add(OneM2mOption.RESPONSE_STATUS_CODE, response.status().code());
    if (!response.requestId().isEmpty()) {
      options.add(OneM2mOption.REQUEST_IDENTIFIER, response.requestId());
    }
    options.add(OneM2mOption.RELEASE_VERSION, style.release().text());
  }

  private static void writeLocation(Response coap, String address) {
    TargetPath.segments(address).forEach(coap.getOptions()::addLocationPath);
  }

  private static void writeContent(
      Response coap, Representation content, Serialization serialization) {
    if (content.root().equals(Representation.LINK_FORMAT)
        && content.value() instanceof AttributeValue.Text links) {
      coap.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
      coap.setPayload(links.value().getBytes(StandardCharsets.UTF_8));
    } else {
      coap.getOptions().setContentFormat(serialization.contentFormat());
      coap.setPayload(ContentCodec.write(serialization, content));
    }
  }
}
