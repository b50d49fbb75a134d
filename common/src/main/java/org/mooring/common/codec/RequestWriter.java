// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static java.util.stream.Collectors.joining;

import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.RequestPrimitive;

/** Writes a request primitive as a CoAP request (TS-0008 clause 6.2), blocking and confirmable. */
final class RequestWriter {
  private RequestWriter() {}

  static Request write(RequestPrimitive request, Serialization serialization) {
    Request coap = new Request(method(request.operation()), CoAP.Type.CON);
    TargetPath.segments(request.to()).forEach(coap.getOptions()::addUriPath);
    request.resultContent().ifPresent(rcn -> coap.getOptions().addUriQuery("rcn=" + rcn.code()));
    if (!request.roles().isEmpty()) {
      String joined = request.roles().stream().map(RoleId::toString).collect(joining("+"));
      coap.getOptions().addUriQuery("rids=" + joined);
    }
    if (request.to().equals(TargetPath.DISCOVERY)) {
      coap.getOptions().setAccept(MediaTypeRegistry.APPLICATION_LINK_FORMAT);
    } else {
      coap.getOptions().setAccept(serialization.contentFormat());
    }
    writeOptions(coap, request);
    request
        .content()
        .ifPresent(
            content -> {
              coap.getOptions().setContentFormat(serialization.contentFormat());
              coap.setPayload(ContentCodec.write(serialization, content));
            });
    return coap;
  }

  private static CoAP.Code method(Operation operation) {
    return switch (operation) {
      case CREATE, NOTIFY -> CoAP.Code.POST;
      case RETRIEVE -> CoAP.Code.GET;
      case UPDATE -> CoAP.Code.PUT;
      case DELETE -> CoAP.Code.DELETE;
    };
  }

  private static void writeOptions(Request coap, RequestPrimitive request) {
    OneM2mOptionWriter options =
        new OneM2mOptionWriter(coap.getOptions(), OptionGeneration.CURRENT);
    if (!request.requestId().isEmpty()) {
      options.add(OneM2mOption.REQUEST_IDENTIFIER, request.requestId());
    }
    request.from().ifPresent(from -> options.add(OneM2mOption.FROM, from));
    request.resourceType().ifPresent(type -> options.add(OneM2mOption.RESOURCE_TYPE, type));
    if (request.releaseVersion() != ReleaseVersion.RELEASE_1) {
      options.add(OneM2mOption.RELEASE_VERSION, request.releaseVersion().text());
    }
    request
        .requestExpiration()
        .ifPresent(time -> options.add(OneM2mOption.REQUEST_EXPIRATION, M2mTimestamp.format(time)));
  }
}
