// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Java process tells of its heap, read back. */
class HeapFiguresTest {
  private static final String BEFORE =
      """
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:          10           1000  [B (java.base@17.0.15)
         2:           5            160  java.lang.String (java.base@17.0.15)
      Total            15           1160
      """;

  private static final String AFTER =
      """
         1:          30           5000  [B (java.base@17.0.15)
         2:           4            400  org.mooring.in.credential.LiveSession
         3:           5            160  java.lang.String (java.base@17.0.15)
      Total            39           5560
      """;

  @Test
  void theClassesThatGrewMostAreToldForEachNode() {
    ServerHeap before = ServerHeap.parse(BEFORE);
    ServerHeap after = ServerHeap.parse(AFTER);

    assertThat(after.total() - before.total()).isEqualTo(4_400);
    assertThat(after.growth(before, 4, 2))
        .containsExactly(
            "[B: 1000 bytes in 5.00 objects for each node",
            "org.mooring.in.credential.LiveSession: 100 bytes in 1.00 objects for each node");
  }

  @Test
  void thePeakOfTheHeapIsReadFromTheLogOfCollections(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("gc.log");
    Files.writeString(
        log,
        """
        [0.1s][info][gc] Using G1
        [1.1s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 117M->97M(360M) 1.6ms
        [2.1s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 142M->90M(396M) 1.5ms
        """);
    GarbageLog garbage = new GarbageLog(log);

    assertThat(garbage.peakMiB()).isEqualTo(142);
    assertThat(garbage.peakAfterCollectionMiB()).isEqualTo(97);
    assertThat(garbage.option()).endsWith("=" + log);
  }
}
