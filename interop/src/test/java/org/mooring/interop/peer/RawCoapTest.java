// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.junit.jupiter.api.Test;
import org.mooring.common.codec.CoapBinding;
import org.mooring.interop.peer.RawCoap.Option;

class RawCoapTest {

  @Test
  void writesWhatCaliforniumReads() {
    RawCoap written =
        new OneM2mMessages("/asn-0123456789ab", "run").create("~/id-in/-", 16, "{\"m2m:csr\":{}}");

    Request read =
        (Request)
            new UdpDataParser(false, CoapBinding.optionRegistry()).parseMessage(written.encode());

    assertThat(read.getCode()).hasToString("POST");
    assertThat(read.getOptions().getUriPathString()).isEqualTo("~/id-in/-");
    assertThat(read.getPayloadString()).isEqualTo("{\"m2m:csr\":{}}");
    assertThat(read.getTokenBytes()).isEqualTo(written.token());
  }

  @Property(tries = 200)
  void readsBackWhatItWrote(
      @ForAll @IntRange(max = 0xFFFF) int messageId,
      @ForAll @Size(max = 8) byte[] token,
      @ForAll @Size(max = 6) List<@IntRange(max = 2_000) Integer> numbers,
      @ForAll @Size(max = 400) byte[] value) {
    List<Option> options = new ArrayList<>();
    numbers.stream().sorted().forEach(number -> options.add(new Option(number, value)));
    RawCoap written = new RawCoap(RawCoap.Type.CON, RawCoap.POST, messageId, token, options, value);

    assertThat(RawCoap.decode(written.encode())).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void startsRequestsWithALetterThatIsNoCommandOfOpenSsl() {
    byte[] encoded = new OneM2mMessages("", "run").retrieve("mef").encode();

    assertThat(encoded[0]).isEqualTo((byte) 'D');
  }

  @Test
  void refusesWhatIsNoCoap() {
    assertThatThrownBy(() -> RawCoap.decode(new byte[] {0x40, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RawCoap.decode(new byte[] {'t', 'e', 'x', 't'}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
