// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop;

import static org.assertj.core.api.Assertions.fail;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Skips a test whose peer is missing, by its name; under CI, where none may be, fails it. */
public final class Peers {
  private Peers() {}

  public static <T> T require(String name, Optional<T> peer) {
    if (peer.isEmpty()) {
      String message = name + " is not installed: see interop/run-tests";
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return peer.orElseThrow();
  }
}
