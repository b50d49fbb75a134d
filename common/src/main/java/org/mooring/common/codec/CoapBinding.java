// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.time.InstantSource;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.OptionRegistry;
import org.eclipse.californium.core.network.serialization.DataParser;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * The CoAP binding (TS-0008): one request primitive is one CoAP request, one response primitive one
 * CoAP response. It holds nothing between messages and may be used by any thread.
 *
 * <p>Both generations of options are read; requests are written with the current numbers, responses
 * with those of their request. Sending, matching, block-wise transfer and deduplication are the
 * endpoint's.
 */
public final class CoapBinding {
  private static final OptionRegistry REGISTRY = OneM2mOptions.registry();

  private final InstantSource clock;

  /** A binding on the system's clock. */
  public CoapBinding() {
    this(InstantSource.system());
  }

  /**
   * @param clock tells the moment from which a relative Request Expiration Timestamp counts
   */
  public CoapBinding(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * What an endpoint's parser has to know: CoAP's own options and oneM2M's of both generations. Any
   * other critical option the stack answers with 4.02 itself.
   */
  public static OptionRegistry optionRegistry() {
    return REGISTRY;
  }

  /** What an endpoint reads datagrams with: it knows {@link #optionRegistry} and never logs. */
  public static DataParser parser() {
    return new CoapParser(REGISTRY);
  }

  /**
   * Reads a request.
   *
   * @throws RefusedException with the parameter at fault; answer it in the {@link #replyStyle}
   */
  public DecodedRequest decodeRequest(Request coap) {
    OneM2mOptions options = OneM2mOptions.of(coap.getOptions());
    RequestPrimitive request = new RequestReader(coap, options, clock.instant()).read();
    return new DecodedRequest(request, replyStyle(coap, options));
  }

  /** How to answer a request, whatever is wrong with it; never throws. */
  public ReplyStyle replyStyle(Request coap) {
    return replyStyle(coap, OneM2mOptions.of(coap.getOptions()));
  }

  private static ReplyStyle replyStyle(Request coap, OneM2mOptions options) {
    return new ReplyStyle(
        !options.isEmpty(),
        options.generation(),
        replySerialization(coap.getOptions()),
        options.readableText(OneM2mOption.REQUEST_IDENTIFIER).orElse(""),
        options.isEmpty() ? ReleaseVersion.RELEASE_1 : release(options),
        isNotification(coap, options));
  }

  private static Serialization replySerialization(OptionSet options) {
    // Either getter gives -1 where the option is missing, which no serialization has.
    return Serialization.ofContentFormat(options.getAccept())
        .or(() -> Serialization.ofContentFormat(options.getContentFormat()))
        .orElse(Serialization.JSON);
  }

  private static ReleaseVersion release(OneM2mOptions options) {
    if (!options.has(OneM2mOption.RELEASE_VERSION)) {
      return ReleaseVersion.RELEASE_1;
    }
    return options
        .readableText(OneM2mOption.RELEASE_VERSION)
        .flatMap(ReleaseVersion::of)
        .orElse(ReleaseVersion.RELEASE_3);
  }

  private static boolean isNotification(Request coap, OneM2mOptions options) {
    if (coap.getCode() != CoAP.Code.POST) {
      return false;
    }
    return coap.getOptions().getUriQuery().stream()
        .filter(query -> query.startsWith("op="))
        .findFirst()
        .map(query -> query.equals("op=5"))
        .orElse(!options.has(OneM2mOption.RESOURCE_TYPE));
  }

  /** Writes a response; its type, token and message id are the endpoint's to set. */
  public Response encodeResponse(ResponsePrimitive response, ReplyStyle style) {
    return ResponseWriter.write(response, style);
  }

  /**
   * Writes a confirmable request for a blocking exchange, its content and the wanted answer in one
   * serialization; destination, token and message id are the endpoint's to set.
   *
   * @throws RefusedException INVALID_PARAMETER for an address that has no Uri-Path
   */
  public Request encodeRequest(RequestPrimitive request, Serialization serialization) {
    return RequestWriter.write(request, serialization);
  }

  /**
   * Reads the response to a request. A Response Status Code is authoritative; where none came (a
   * CoAP stack answered, or a peer without oneM2M options) the CoAP code stands for one.
   *
   * @throws RefusedException MALFORMED_MESSAGE if it carries another request's identifier,
   *     MALFORMED_CONTENT or MEDIA_TYPE_UNSUPPORTED if its content can not be read
   */
  public ResponsePrimitive decodeResponse(Response coap, RequestPrimitive request) {
    return new ResponseReader(coap, request).read();
  }
}
