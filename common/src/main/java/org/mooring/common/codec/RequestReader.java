// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.mooring.common.codec.OneM2mOption.FROM;
import static org.mooring.common.codec.OneM2mOption.ORIGINATING_TIMESTAMP;
import static org.mooring.common.codec.OneM2mOption.RELEASE_VERSION;
import static org.mooring.common.codec.OneM2mOption.REQUEST_EXPIRATION;
import static org.mooring.common.codec.OneM2mOption.REQUEST_IDENTIFIER;
import static org.mooring.common.codec.OneM2mOption.RESOURCE_TYPE;
import static org.mooring.common.codec.OneM2mOption.VENDOR_INFORMATION;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;

/** Reads one CoAP request as a request primitive (TS-0008 clause 6.2). */
final class RequestReader {
  /** Taken in; the first two have no effect on a hosting CSE that does not log or bill. */
  private static final Set<OneM2mOption> OFFERED =
      EnumSet.of(
          ORIGINATING_TIMESTAMP,
          VENDOR_INFORMATION,
          FROM,
          REQUEST_IDENTIFIER,
          RESOURCE_TYPE,
          RELEASE_VERSION,
          REQUEST_EXPIRATION);

  /** Milliseconds, at most some three hundred years of them: no year before 1 comes out. */
  private static final Pattern RELATIVE_TIME = Pattern.compile("-?\\d{1,13}");

  private final Request coap;
  private final OneM2mOptions options;
  private final Instant received;

  RequestReader(Request coap, OneM2mOptions options, Instant received) {
    this.coap = coap;
    this.options = options;
    this.received = received;
  }

  /**
   * @throws org.mooring.common.primitive.RefusedException with what is wrong first; an unacceptable
   *     Accept comes last, as TS-0008 clause 6.2.2.2 has it
   */
  RequestPrimitive read() {
    requireKnownOptions();
    String to = TargetPath.to(coap.getOptions().getUriPath());
    boolean discovery = to.equals(TargetPath.DISCOVERY) && coap.getCode() == CoAP.Code.GET;
    // RFC 6690 clause 4.1: a server without filters ignores the query of a discovery.
    List<String> queries = discovery ? List.of() : coap.getOptions().getUriQuery();
    QueryParameters query = QueryParameters.of(queries);
    Operation operation = operation(query);
    query.requirePermitted(operation);

    RequestPrimitive.Builder request =
        RequestPrimitive.builder(operation, to, requestId()).releaseVersion(release());
    options.text(FROM).ifPresent(request::from);
    query.resultContent().ifPresent(request::resultContent);
    request.roles(query.roles());
    readResourceType(operation, request);
    options.text(REQUEST_EXPIRATION).ifPresent(t -> request.requestExpiration(expiration(t)));
    content(operation).ifPresent(request::content);
    requireAcceptable(discovery);
    return request.build();
  }

  /** Critical options of CoAP that the stack knows and the binding gives no meaning. */
  private void requireKnownOptions() {
    OptionSet set = coap.getOptions();
    if (set.hasProxyUri() || set.hasProxyScheme()) {
      throw Refusal.UNKNOWN_OPTION.of("Proxy-Uri or Proxy-Scheme");
    }
    if (set.getIfMatchCount() > 0 || set.hasIfNoneMatch()) {
      throw Refusal.UNKNOWN_OPTION.of("If-Match or If-None-Match");
    }
    if (set.hasOscore()) {
      throw Refusal.UNKNOWN_OPTION.of("OSCORE");
    }
    for (OneM2mOption option : OneM2mOption.values()) {
      if (options.has(option) && !OFFERED.contains(option)) {
        throw Refusal.UNSUPPORTED_PARAMETER.of(option.parameter());
      }
    }
  }

  private Operation operation(QueryParameters query) {
    if (coap.getCode() == CoAP.Code.POST) {
      Operation implied = options.has(RESOURCE_TYPE) ? Operation.CREATE : Operation.NOTIFY;
      return query.operation().orElse(implied);
    }
    if (query.operation().isPresent()) {
      throw Refusal.INVALID_PARAMETER.of("Operation outside a POST");
    }
    return switch (coap.getCode()) {
      case GET -> Operation.RETRIEVE;
      case PUT -> Operation.UPDATE;
      case DELETE -> Operation.DELETE;
      default -> throw Refusal.OPERATION_NOT_OFFERED.of("CoAP method");
    };
  }

  private String requestId() {
    if (options.isEmpty()) {
      return "";
    }
    return options
        .text(REQUEST_IDENTIFIER)
        .filter(id -> !id.isEmpty())
        .orElseThrow(() -> Refusal.MISSING_PARAMETER.of(REQUEST_IDENTIFIER.parameter()));
  }

  private ReleaseVersion release() {
    return options
        .text(RELEASE_VERSION)
        .map(
            text ->
                ReleaseVersion.of(text)
                    .orElseThrow(() -> Refusal.RELEASE_UNSUPPORTED.of(RELEASE_VERSION.parameter())))
        .orElse(ReleaseVersion.RELEASE_1);
  }

  private void readResourceType(Operation operation, RequestPrimitive.Builder request) {
    boolean given = options.has(RESOURCE_TYPE);
    if (operation != Operation.CREATE) {
      if (given) {
        throw Refusal.INVALID_PARAMETER.of(RESOURCE_TYPE.parameter() + " outside a CREATE");
      }
      return;
    }
    if (!given) {
      throw Refusal.MISSING_PARAMETER.of(RESOURCE_TYPE.parameter());
    }
    options.number(RESOURCE_TYPE).ifPresent(request::resourceType);
  }

  /** m2m:absRelTimestamp: a timestamp, or milliseconds from the moment of receipt. */
  private Instant expiration(String text) {
    Optional<Instant> absolute = M2mTimestamp.parse(text);
    if (absolute.isPresent()) {
      return absolute.get();
    }
    if (!RELATIVE_TIME.matcher(text).matches()) {
      throw Refusal.INVALID_PARAMETER.of(REQUEST_EXPIRATION.parameter());
    }
    return received.plusMillis(Long.parseLong(text));
  }

  private Optional<Representation> content(Operation operation) {
    CoAP.Code method = coap.getCode();
    if (method == CoAP.Code.GET || method == CoAP.Code.DELETE) {
      // RFC 7252 clause 5.5: a payload that the method does not define is ignored.
      return Optional.empty();
    }
    boolean present = coap.getPayloadSize() > 0;
    if (operation == Operation.DELETE || operation == Operation.RETRIEVE) {
      if (present) {
        Refusal refusal =
            operation == Operation.DELETE
                ? Refusal.INVALID_PARAMETER
                : Refusal.UNSUPPORTED_PARAMETER;
        throw refusal.of("Content");
      }
      return Optional.empty();
    }
    if (!present) {
      throw Refusal.MISSING_PARAMETER.of("Content");
    }
    return Optional.of(ContentCodec.read(contentFormat(), coap.getPayload()));
  }

  private Serialization contentFormat() {
    if (!coap.getOptions().hasContentFormat()) {
      return Serialization.JSON;
    }
    return Serialization.ofContentFormat(coap.getOptions().getContentFormat())
        .orElseThrow(() -> Refusal.MEDIA_TYPE_UNSUPPORTED.of("Content-Format"));
  }

  private void requireAcceptable(boolean discovery) {
    if (!coap.getOptions().hasAccept()) {
      return;
    }
    int accept = coap.getOptions().getAccept();
    boolean acceptable =
        discovery
            ? accept == MediaTypeRegistry.APPLICATION_LINK_FORMAT
            : Serialization.ofContentFormat(accept).isPresent();
    if (!acceptable) {
      throw Refusal.NOT_ACCEPTABLE.of("Accept");
    }
  }
}
