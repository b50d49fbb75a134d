// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

class CoapBindingTest {
  private final CoapBinding binding = new CoapBinding();

  @Test
  void aRequestAndItsResponseComeBackAsTheyWere() {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, "//sp.example.org/id-in/cse-in", "r1")
            .resourceType(3)
            .from("/asn-1")
            .content(Representation.of("m2m:cnt", Attributes.builder().put("rn", "data").build()))
            .build();

    Request coap = binding.encodeRequest(request, Serialization.CBOR);
    DecodedRequest decoded = binding.decodeRequest(coap);
    ResponsePrimitive response =
        ResponsePrimitive.of(
            ResponseStatusCode.CREATED, "r1", Representation.of("m2m:uri", "cse-in/data"));
    Response answer = binding.encodeResponse(response, decoded.style());

    assertThat(decoded.request()).usingRecursiveComparison().isEqualTo(request);
    assertThat(coap.getType()).isEqualTo(CoAP.Type.CON);
    assertThat(answer.getCode()).isEqualTo(CoAP.ResponseCode.CREATED);
    assertThat(answer.getOptions().getMaxAge()).isZero();
    assertThat(binding.decodeResponse(answer, request))
        .usingRecursiveComparison()
        .isEqualTo(response);
  }
}
