// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.serialization.DataParser;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** Any datagram on a CoAP port is read as a request that can be sent on, or refused. */
class CoapBindingFuzzTest {
  private static final int LARGEST_REFUSAL = 1024;
  private static final DataParser PARSER = CoapBinding.parser();

  private final CoapBinding binding =
      new CoapBinding(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

  @FuzzTest
  void aDatagramIsReadOrRefused(byte[] datagram) {
    if (parsed(datagram) instanceof Request request) {
      read(request).ifPresent(this::goesOnUnchanged);
    }
  }

  private Optional<RequestPrimitive> read(Request request) {
    ReplyStyle style = binding.replyStyle(request);
    try {
      return Optional.of(binding.decodeRequest(request).request());
    } catch (RefusedException e) {
      canBeToldTo(style, e);
      return Optional.empty();
    }
  }

  private static Object parsed(byte[] datagram) {
    try {
      return PARSER.parseMessage(datagram);
    } catch (CoAPMessageFormatException e) {
      return e.getErrorCode();
    } catch (MessageFormatException e) {
      return e;
    }
  }

  /** Discovery apart, whose query counts for nothing. */
  private void goesOnUnchanged(RequestPrimitive read) {
    if (!read.to().equals(TargetPath.DISCOVERY)) {
      Request sent = Wire.carry(binding.encodeRequest(read, Serialization.CBOR));

      RequestPrimitive again = binding.decodeRequest(sent).request();

      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFields("requestExpiration")
          .isEqualTo(read);
      // Written in whole seconds.
      assertThat(again.requestExpiration().map(M2mTimestamp::format))
          .isEqualTo(read.requestExpiration().map(M2mTimestamp::format));
    }
  }

  private void canBeToldTo(ReplyStyle style, RefusedException refused) {
    ResponsePrimitive refusal = ResponsePrimitive.refused(refused, style.requestId());

    byte[] told = Wire.carry(binding.encodeResponse(refusal, style)).getPayload();

    assertThat(told.length).isLessThan(LARGEST_REFUSAL);
    assertThat(refused.getMessage()).doesNotContainPattern("\\p{Cntrl}");
  }
}
