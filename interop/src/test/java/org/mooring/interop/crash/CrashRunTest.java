// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.interop.process.Jars;

/** Ten kills, or with {@code --long} two hundred; {@code -Dmooring.seed=N} draws others. */
class CrashRunTest {
  private static final boolean LONG = Boolean.getBoolean("mooring.long");
  private static final int EACH = LONG ? 100 : 5;
  private static final long SEED = Long.getLong("mooring.seed", 3);

  @Test
  @Timeout(7200)
  void losesNothingBricksNothingAndLeavesNoOrphan(@TempDir Path folder) throws Exception {
    Jars jars = Jars.ofThisProject();
    Assumptions.assumeTrue(jars.areBuilt(), "the jars are not built: run mvn verify");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    out.println("crash run with seed " + SEED);

    CrashResult result = new CrashRun(settings(), folder, jars, line -> {}).run();

    result.print(out);
    if (LONG) {
      result.write(jars.interop().resolve("results"));
    }
    assertThat(result.violations()).isEmpty();
    assertThat(result.serverKills()).isEqualTo(EACH);
    assertThat(result.nodeKills()).isEqualTo(EACH);
    assertThat(result.acknowledged()).isGreaterThan(100);
    assertThat(result.deadHandshakes()).isPositive();
  }

  private static CrashSettings settings() {
    return LONG
        ? CrashSettings.of(EACH, EACH, SEED)
        : new CrashSettings(EACH, EACH, SEED, 8, 3, Duration.ofSeconds(90));
  }
}
