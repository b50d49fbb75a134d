// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.util.function.IntUnaryOperator;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;

/** Messages that are as long as wanted, give or take an octet, and mean nothing. */
final class Padding {
  private static final String ROOT = "pad";
  private static final int TOKEN_OCTETS = 8;
  private static final int LONGEST = 4_096;

  private Padding() {}

  /**
   * The payload of an answer.
   *
   * @param octets of its whole CoAP message
   */
  static byte[] answer(int octets) {
    int pad =
        fitting(
            octets,
            length -> {
              Response answer = new Response(CoAP.ResponseCode.CREATED);
              answer.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_CBOR);
              answer.setPayload(payload(length));
              return lengthOf(answer, CoAP.Type.ACK);
            });
    return payload(pad);
  }

  /**
   * A request.
   *
   * @param target names the exchange
   * @param octets of its whole CoAP message
   */
  static RequestPrimitive request(String target, String requestId, int octets) {
    int pad =
        fitting(
            octets,
            length -> {
              Request coap =
                  new CoapBinding()
                      .encodeRequest(padded(target, requestId, length), Serialization.CBOR);
              return lengthOf(coap, CoAP.Type.CON);
            });
    return padded(target, requestId, pad);
  }

  private static RequestPrimitive padded(String target, String requestId, int length) {
    return RequestPrimitive.builder(Operation.CREATE, target, requestId)
        .resourceType(1)
        .content(Representation.of(ROOT, "x".repeat(length)))
        .build();
  }

  private static byte[] payload(int length) {
    return ContentCodec.write(Serialization.CBOR, Representation.of(ROOT, "x".repeat(length)));
  }

  private static int lengthOf(Message message, CoAP.Type type) {
    message.setType(type);
    message.setMID(1);
    message.setToken(new Token(new byte[TOKEN_OCTETS]));
    return new UdpDataSerializer().getByteArray(message).length;
  }

  private static int fitting(int octets, IntUnaryOperator lengthOfPadded) {
    int pad = 0;
    while (pad < LONGEST && lengthOfPadded.applyAsInt(pad) < octets) {
      pad++;
    }
    return pad;
  }
}
