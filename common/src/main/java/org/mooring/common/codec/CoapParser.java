// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.option.OptionRegistry;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;

/**
 * Californium's parser, which lets a block with more octets than its size (RFC 7959 clause 2.2)
 * fail like a fault of this program: no answer, and a stack trace in the log for each datagram.
 */
final class CoapParser extends UdpDataParser {
  private static final boolean STRICT_EMPTY_MESSAGES = true;

  CoapParser(OptionRegistry options) {
    super(STRICT_EMPTY_MESSAGES, options);
  }

  @Override
  public void parseOptionsAndPayload(DatagramReader reader, Message message) {
    try {
      super.parseOptionsAndPayload(reader, message);
    } catch (IllegalStateException e) {
      throw new CoAPMessageFormatException(
          "the payload is larger than the block",
          message.getToken(),
          message.getMID(),
          message.getRawCode(),
          message.isConfirmable(),
          CoAP.ResponseCode.BAD_REQUEST);
    }
  }
}
