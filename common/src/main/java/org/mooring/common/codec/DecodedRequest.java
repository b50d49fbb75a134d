// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.mooring.common.primitive.RequestPrimitive;

/** A request primitive with the style that its answer has to have. */
public record DecodedRequest(RequestPrimitive request, ReplyStyle style) {}
