// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.interop.crash.Kill.Victim;

class KillPlanTest {
  @Test
  void aSeedRepeatsThePlan() {
    assertThat(Kill.plan(20, 10, 7)).isEqualTo(Kill.plan(20, 10, 7));
    assertThat(Kill.plan(20, 10, 7)).isNotEqualTo(Kill.plan(20, 10, 8));
  }

  @Test
  void aKillOfBothCountsForEach() {
    List<Kill> plan = Kill.plan(20, 10, 7);

    assertThat(plan).filteredOn(kill -> kill.victim().hitsServer()).hasSize(20);
    assertThat(plan).filteredOn(kill -> kill.victim().hitsNode()).hasSize(10);
    assertThat(plan).filteredOn(kill -> kill.victim() == Victim.BOTH).hasSize(2);
  }

  @Test
  void killsAreNumberedFromOne() {
    assertThat(Kill.plan(2, 1, 7)).extracting(Kill::number).containsExactly(1, 2, 3);
  }
}
