// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import org.mooring.common.primitive.ReleaseVersion;

/**
 * How to write the answer to one request, known even where the request itself is refused.
 *
 * @param showsOptions whether the request had any oneM2M option; without one it gets none back
 * @param generation the generation whose numbers the request used
 * @param serialization what the request accepts, else what it was written in, else JSON
 * @param requestId the Request Identifier to repeat, empty where none could be read
 * @param release the Release Version Indicator to answer with
 * @param notification whether the request is a NOTIFY, whose success carries no content
 */
public record ReplyStyle(
    boolean showsOptions,
    OptionGeneration generation,
    Serialization serialization,
    String requestId,
    ReleaseVersion release,
    boolean notification) {}
