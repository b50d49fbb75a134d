// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.CseResources;

/**
 * {@code <container>}: counts its instances and keeps them within its limits (TS-0004 clause
 * 7.4.6), the oldest leave first. {@code la} and {@code ol} stand for the youngest and the oldest
 * (clauses 7.4.27 and 7.4.28).
 */
final class ContainerRules implements TypeRules {
  private static final String COUNT = "cni";
  private static final String OCTETS = "cbs";
  private static final String MAX_COUNT = "mni";
  private static final String MAX_OCTETS = "mbs";
  private static final String MAX_AGE = "mia";
  private static final String LATEST = "la";
  private static final String OLDEST = "ol";
  private static final int INSTANCE = CseResources.CONTENT_INSTANCE.code();

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    return counted(draft, new InstanceTotal(0, 0));
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    Optional<Duration> age = maxAge(after);
    if (changes.has(MAX_AGE) && age.isPresent()) {
      call.resources().limitAge(after.id(), INSTANCE, age.get());
    }
    return withinLimits(call.resources(), withoutExpired(call.resources(), after));
  }

  @Override
  public Resource shown(CseStore store, Resource container) {
    InstanceTotal expired = store.resources().expiredTotal(container.id(), INSTANCE);
    return counted(container, minus(total(container), expired));
  }

  @Override
  public boolean discloses(Resource container, int childType) {
    return childType != INSTANCE || !container.attributes().flag("disr").orElse(false);
  }

  @Override
  public boolean hasVirtualChild(String name) {
    return name.equals(LATEST) || name.equals(OLDEST);
  }

  @Override
  public Optional<Resource> behindVirtualChild(CseStore store, Resource container, String name) {
    return name.equals(LATEST)
        ? store.resources().newest(container.id(), INSTANCE)
        : store.resources().oldest(container.id(), INSTANCE);
  }

  /** The largest content that the container takes. */
  static OptionalLong maxOctets(Resource container) {
    return container.attributes().whole(MAX_OCTETS);
  }

  /** Whether the container takes instances at all. */
  static boolean takesInstances(Resource container) {
    return container.attributes().whole(MAX_COUNT).orElse(1) > 0;
  }

  /** maxInstanceAge, given in seconds. */
  static Optional<Duration> maxAge(Resource container) {
    OptionalLong seconds = container.attributes().whole(MAX_AGE);
    // Longer than any life that an expirationTime of four-digit years can express.
    long longest = Duration.ofDays(4_000_000).toSeconds();
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), longest)))
        : Optional.empty();
  }

  /** The container after an instance came, older ones gone as its limits want. */
  static void added(Call call, Resource container, long octets) {
    InstanceTotal before = total(container);
    Resource fuller =
        counted(container, new InstanceTotal(before.count() + 1, before.octets() + octets))
            .modifiedAt(call.now());
    call.resources().update(withinLimits(call.resources(), fuller));
  }

  /** The container after an instance went. */
  static void removed(ResourceRepository resources, Resource container, long octets) {
    InstanceTotal gone = new InstanceTotal(1, octets);
    resources.update(counted(container, minus(total(container), gone)));
  }

  private static Resource withoutExpired(ResourceRepository resources, Resource container) {
    InstanceTotal expired = resources.expiredTotal(container.id(), INSTANCE);
    if (expired.count() > 0) {
      resources.expiredBelow(container.id()).stream()
          .filter(child -> child.type() == INSTANCE)
          .forEach(instance -> resources.delete(instance.id()));
    }
    return counted(container, minus(total(container), expired));
  }

  private static Resource withinLimits(ResourceRepository resources, Resource container) {
    InstanceTotal kept = total(container);
    long maxCount = container.attributes().whole(MAX_COUNT).orElse(Long.MAX_VALUE);
    long maxOctets = maxOctets(container).orElse(Long.MAX_VALUE);
    while (kept.count() > maxCount || kept.octets() > maxOctets) {
      Optional<Resource> oldest = resources.oldest(container.id(), INSTANCE);
      if (oldest.isEmpty()) {
        break;
      }
      resources.delete(oldest.get().id());
      kept = minus(kept, new InstanceTotal(1, oldest.get().contentSize()));
    }
    return counted(container, kept);
  }

  private static InstanceTotal total(Resource container) {
    Attributes attributes = container.attributes();
    return new InstanceTotal(attributes.whole(COUNT).orElse(0), attributes.whole(OCTETS).orElse(0));
  }

  private static InstanceTotal minus(InstanceTotal total, InstanceTotal gone) {
    return new InstanceTotal(total.count() - gone.count(), total.octets() - gone.octets());
  }

  private static Resource counted(Resource container, InstanceTotal total) {
    return container.withAttributes(
        container.attributes().toBuilder()
            .put(COUNT, total.count())
            .put(OCTETS, total.octets())
            .build());
  }
}
