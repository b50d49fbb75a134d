// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedPartsTest {
  @Test
  void stopsInReverseOrderAndOnceAndGoesOnAfterAFailure() {
    List<String> stopped = new ArrayList<>();
    StartedParts parts = new StartedParts();
    parts.add(() -> stopped.add("store"));
    parts.add(
        () -> {
          stopped.add("port");
          throw new IllegalStateException("in use");
        });
    parts.add(() -> stopped.add("api"));

    parts.close();
    parts.close();

    assertThat(stopped).containsExactly("api", "port", "store");
  }
}
