// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.mooring.interop.relay.RelayedDatagram.Direction;

class ImpairmentsTest {
  private static final int OCTETS = 100;
  private static final int MANY = 10_000;
  private static final NetworkConditions ROUGH =
      NetworkConditions.PERFECT
          .withLoss(0.3)
          .withDuplicate(0.1)
          .withReorder(0.2)
          .withRebind(0.05)
          .withRtt(Duration.ofMillis(400))
          .withJitter(Duration.ofMillis(50));

  @Property(tries = 100)
  void theSameSeedBringsTheSameFates(@ForAll long seed, @ForAll @IntRange(max = 1000) int client) {
    assertThat(fates(ROUGH, seed, client)).isEqualTo(fates(ROUGH, seed, client));
  }

  @Property(tries = 100)
  void seedsClientsAndDirectionsHaveFatesOfTheirOwn(@ForAll long seed) {
    List<Passage> fates = fates(ROUGH, seed, 0);

    assertThat(fates).isNotEqualTo(fates(ROUGH, seed + 1, 0)).isNotEqualTo(fates(ROUGH, seed, 1));
    assertThat(lost(ROUGH, seed, Direction.TO_SERVER))
        .isNotEqualTo(lost(ROUGH, seed, Direction.TO_CLIENT));
  }

  @Property(tries = 100)
  void otherParametersDoNotChangeWhatIsLost(
      @ForAll long seed, @ForAll @DoubleRange(max = 1) double duplicate) {
    NetworkConditions other = ROUGH.withDuplicate(duplicate).withReorder(0).withRtt(Duration.ZERO);

    assertThat(lost(other, seed, Direction.TO_SERVER))
        .isEqualTo(lost(ROUGH, seed, Direction.TO_SERVER));
  }

  @Test
  void sharesAreMet() {
    assertThat(share(Passage::isLost)).isCloseTo(0.3, within(0.02));
    assertThat(share(fate -> fate.copies().size() == 2)).isCloseTo(0.7 * 0.1, within(0.02));
    assertThat(share(Passage::late)).isCloseTo(0.7 * 0.2, within(0.02));
    assertThat(share(Passage::rebound)).isCloseTo(0.7 * 0.05, within(0.02));
  }

  @Test
  void aDatagramTakesHalfTheRoundTripAndItsJitterAndMoreWhereItIsHeldBack() {
    for (Passage fate : fates(ROUGH, 1, 0)) {
      long least = fate.late() ? 400 : 200;
      assertThat(fate.copies())
          .allSatisfy(delay -> assertThat(delay.toMillis()).isBetween(least, least + 50));
    }
  }

  @Test
  void whatExceedsTheMtuIsLostAndNothingElse() {
    Impairments narrow = new Impairments(NetworkConditions.PERFECT.withMtu(1_280), 1);

    assertThat(narrow.of(0, Direction.TO_SERVER, 0, 1_252)).isEqualTo(Passage.AT_ONCE);
    assertThat(narrow.of(0, Direction.TO_SERVER, 0, 1_253)).isEqualTo(Passage.LOST);
  }

  @Test
  void onlyDatagramsToTheServerRebind() {
    Impairments always = new Impairments(NetworkConditions.PERFECT.withRebind(1), 1);

    assertThat(always.of(0, Direction.TO_SERVER, 0, OCTETS).rebound()).isTrue();
    assertThat(always.of(0, Direction.TO_CLIENT, 0, OCTETS).rebound()).isFalse();
  }

  @Test
  void refusesConditionsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ROUGH.withLoss(1.1))
        .withMessageContaining("loss");
    assertThatIllegalArgumentException().isThrownBy(() -> ROUGH.withReorder(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> ROUGH.withRtt(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ROUGH.withMtu(20))
        .withMessageContaining("mtu");
  }

  private static double share(Predicate<Passage> what) {
    return IntStream.range(0, MANY)
            .mapToObj(n -> new Impairments(ROUGH, 42).of(7, Direction.TO_SERVER, n, OCTETS))
            .filter(what)
            .count()
        / (double) MANY;
  }

  private static List<Passage> fates(NetworkConditions conditions, long seed, int client) {
    Impairments drawn = new Impairments(conditions, seed);
    return IntStream.range(0, 200)
        .mapToObj(n -> drawn.of(client, Direction.TO_SERVER, n, OCTETS))
        .toList();
  }

  private static List<Boolean> lost(NetworkConditions conditions, long seed, Direction direction) {
    Impairments drawn = new Impairments(conditions, seed);
    return IntStream.range(0, 200)
        .mapToObj(n -> drawn.of(0, direction, n, OCTETS).isLost())
        .toList();
  }
}
