// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceWindowTest {
  @Test
  void whatANetworkCountsIsAcceptedOnceEach() {
    SequenceWindow window = SequenceWindow.FRESH;
    SequenceNumber number = new SequenceNumber(0);
    for (int i = 0; i < 100; i++) {
      number = number.next();
      window = window.accepting(number).orElseThrow();
      assertThat(window.accepting(number)).isEmpty();
      assertThat(window.highest()).isEqualTo(number);
    }
  }

  @Test
  void numbersThatCameLateAreAcceptedWhileTheirPlaceHasNoneAbove() {
    SequenceNumber first = new SequenceNumber(0).next();
    SequenceNumber second = first.next();

    SequenceWindow window = SequenceWindow.FRESH.accepting(second).orElseThrow();

    assertThat(window.accepting(first)).isPresent();
    assertThat(window.accepting(SequenceNumber.of(1, second.place()))).isEmpty();
  }

  @Test
  void aJumpTooFarAheadIsRefused() {
    SequenceWindow window = SequenceWindow.FRESH;

    assertThat(window.accepting(SequenceNumber.of(SequenceWindow.LARGEST_JUMP, 5))).isPresent();
    assertThat(window.accepting(SequenceNumber.of(SequenceWindow.LARGEST_JUMP + 1, 5))).isEmpty();
  }

  @Test
  void aNumberIsCounterAndPlace() {
    SequenceNumber number = SequenceNumber.of(0x123456789ABL, 31);

    assertThat(number.counter()).isEqualTo(0x123456789ABL);
    assertThat(number.place()).isEqualTo(31);
    assertThat(number.next()).isEqualTo(SequenceNumber.of(0x123456789ACL, 0));
    assertThat(SequenceNumber.of(number.octets())).isEqualTo(number);
  }
}
