// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;

/** Takes a message through the octets that an endpoint with our option registry would see. */
final class Wire {
  private static final UdpDataSerializer SERIALIZER = new UdpDataSerializer();
  private static final UdpDataParser PARSER = new UdpDataParser(true, CoapBinding.optionRegistry());

  private Wire() {}

  static Request carry(Request request) {
    address(request);
    return (Request) PARSER.parseMessage(SERIALIZER.getByteArray(request));
  }

  static Response carry(Response response) {
    address(response);
    return (Response) PARSER.parseMessage(SERIALIZER.getByteArray(response));
  }

  private static void address(Message message) {
    message.setMID(1);
    message.setToken(Token.EMPTY);
    if (message.getType() == null) {
      message.setType(CoAP.Type.CON);
    }
  }
}
