// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.cse.Resource;

class KnownResourcesTest {
  private static final LongSupplier NOT_ASKED =
      () -> {
        throw new AssertionError("asked again");
      };
  private static final Instant SOON = Instant.ofEpochMilli(10);
  private static final Instant LATE = Instant.ofEpochMilli(1_000);

  private final KnownResources known = new KnownResources();

  @Test
  void ofWhatIsReadTheBaseAloneIsKept() {
    Resource base = resource("base", "", LATE);
    known.read(resource("child", "base", LATE));
    assertThat(known.base()).isEmpty();

    known.read(base);
    known.written(resource("child", "base", LATE));
    assertThat(known.base()).contains(base);

    known.written(base);
    assertThat(known.base()).isEmpty();
  }

  @Test
  void theNextExpirationIsAskedForOnceAndFollowsWhatIsWritten() {
    known.written(resource("one", "base", SOON));
    assertThat(known.nextExpiration(() -> 100)).isEqualTo(100);

    known.written(resource("two", "base", LATE));
    assertThat(known.nextExpiration(NOT_ASKED)).isEqualTo(100);
    known.written(resource("three", "base", SOON));
    assertThat(known.nextExpiration(NOT_ASKED)).isEqualTo(10);
  }

  @Test
  void nothingIsKnownOnceItIsForgotten() {
    known.read(resource("base", "", LATE));
    assertThat(known.nextExpiration(() -> 100)).isEqualTo(100);

    known.forget();

    assertThat(known.base()).isEmpty();
    assertThat(known.nextExpiration(() -> 200)).isEqualTo(200);
  }

  private static Resource resource(String id, String parent, Instant expires) {
    return new Resource(
        id,
        5,
        new Resource.Place(parent, id, id),
        new Resource.Provenance("", ""),
        Attributes.NONE,
        0,
        0,
        new Resource.Times(Instant.EPOCH, Instant.EPOCH, expires));
  }
}
