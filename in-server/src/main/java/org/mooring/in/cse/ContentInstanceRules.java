// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;

/**
 * {@code <contentInstance>}: has a size, takes the next stateTag of its container and moves the
 * container's counters (TS-0004 clause 7.4.7).
 */
final class ContentInstanceRules implements TypeRules {
  private static final String CONTENT = "con";
  private static final int OCTETS_AROUND_JSON_VALUE = "{\"con\":}".length();

  @Override
  public Resource complete(Call call, Resource container, Resource draft) {
    long octets = draft.attributes().get(CONTENT).map(ContentInstanceRules::size).orElse(0L);
    OptionalLong maxOctets = ContainerRules.maxOctets(container);
    boolean tooLarge = maxOctets.isPresent() && octets > maxOctets.getAsLong();
    if (tooLarge || !ContainerRules.takesInstances(container)) {
      throw Refusal.CONTENT_TOO_LARGE_FOR_CONTAINER.of("con (content)");
    }
    Instant expires =
        ContainerRules.maxAge(container)
            .map(age -> call.now().plus(age).truncatedTo(ChronoUnit.SECONDS))
            .map(oldest -> Expirations.earlier(oldest, draft.times().expires()))
            .orElse(draft.times().expires());
    return draft.withContent(container.stateTag() + 1, octets).expiringAt(expires);
  }

  @Override
  public void created(Call call, Resource container, Resource instance) {
    ContainerRules.added(call, container, instance.contentSize());
  }

  @Override
  public void deleted(CseStore store, String actor, Resource instance) {
    store
        .resources()
        .byId(instance.parent())
        .ifPresent(
            container ->
                ContainerRules.removed(store.resources(), container, instance.contentSize()));
  }

  /** contentSize: octets of a string in UTF-8, of a byte string, or else of the value in JSON. */
  private static long size(AttributeValue content) {
    if (content instanceof AttributeValue.Text text) {
      return text.value().getBytes(StandardCharsets.UTF_8).length;
    }
    if (content instanceof AttributeValue.Octets octets) {
      return octets.value().length;
    }
    Attributes alone = Attributes.builder().put(CONTENT, content).build();
    long octets = ContentCodec.writeAttributes(Serialization.JSON, alone).length;
    return octets - OCTETS_AROUND_JSON_VALUE;
  }
}
