// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.time.Duration;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/** Bare requests and responses as CoAP messages (RFC 7252) and back. */
final class BareCoap {
  private BareCoap() {}

  static BareRequest read(Request coap) {
    OptionSet options = coap.getOptions();
    BareRequest.Method method =
        switch (coap.getCode()) {
          case GET -> BareRequest.Method.GET;
          case POST -> BareRequest.Method.POST;
          default -> BareRequest.Method.OTHER;
        };
    return new BareRequest(
        method, options.getUriPath(), contentFormat(options), accept(options), coap.getPayload());
  }

  /** A confirmable request; destination, token and message id are the endpoint's to set. */
  static Request write(BareRequest request) {
    Request coap =
        new Request(
            switch (request.method()) {
              case GET -> CoAP.Code.GET;
              case POST -> CoAP.Code.POST;
              case OTHER -> throw new IllegalArgumentException("method: give GET or POST");
            });
    OptionSet options = coap.getOptions();
    request.path().forEach(options::addUriPath);
    request.contentFormat().ifPresent(options::setContentFormat);
    request.accept().ifPresent(options::setAccept);
    if (request.content().length > 0) {
      coap.setPayload(request.content());
    }
    return coap;
  }

  static BareResponse read(Response coap) {
    CoAP.ResponseCode code = coap.getCode();
    Long maxAge = coap.getOptions().getMaxAge();
    return new BareResponse(
        code.codeClass * 100 + code.codeDetail,
        contentFormat(coap.getOptions()),
        coap.getPayload(),
        Duration.ofSeconds(maxAge));
  }

  static Response write(BareResponse response) {
    int code = response.coapCode();
    Response coap = new Response(CoAP.ResponseCode.valueOf(code / 100 << 5 | code % 100));
    response.contentFormat().ifPresent(coap.getOptions()::setContentFormat);
    coap.getOptions().setMaxAge(response.maxAge().toSeconds());
    coap.setPayload(response.content());
    return coap;
  }

  /** Whether an option is there that the sender insists on and no bare request has. */
  static boolean hasForeignOption(Request coap) {
    OptionSet options = coap.getOptions();
    return options.hasProxyUri()
        || options.hasProxyScheme()
        || options.hasOscore()
        || options.hasIfNoneMatch()
        || options.getIfMatchCount() > 0
        || options.getOthers().stream().anyMatch(option -> option.isCritical());
  }

  private static OptionalInt contentFormat(OptionSet options) {
    return options.hasContentFormat()
        ? OptionalInt.of(options.getContentFormat())
        : OptionalInt.empty();
  }

  private static OptionalInt accept(OptionSet options) {
    return options.hasAccept() ? OptionalInt.of(options.getAccept()) : OptionalInt.empty();
  }
}
