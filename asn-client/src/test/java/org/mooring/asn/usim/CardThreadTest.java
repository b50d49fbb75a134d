// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CardThreadTest {
  private final CountDownLatch released = new CountDownLatch(1);

  /** A card in a reader that somebody holds. */
  private final SmartCard held =
      new SmartCard() {
        @Override
        public <T> T alone(Exchange<T> exchange) {
          try {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return exchange.run(command -> new byte[0]);
        }
      };

  @Test
  void aReaderThatSomebodyHoldsHoldsNobodyElse() {
    SmartCard card = new CardThread(Duration.ofMillis(50)).bounding(held);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> card.alone(channel -> 1))
          .isInstanceOf(UsimUnavailableException.class)
          .hasMessageContaining("does not answer");
    }
    released.countDown();
  }

  /** The thread of one exchange may still be on its way out when the next begins. */
  @RepeatedTest(200)
  void whatTheCardSaysComesThrough() {
    released.countDown();
    SmartCard card = new CardThread(Duration.ofSeconds(20)).bounding(held);

    assertThat(card.<Integer>alone(channel -> channel.transmit(new byte[0]).length)).isZero();
    assertThatThrownBy(
            () ->
                card.alone(
                    channel -> {
                      throw new UsimUnavailableException("usim: no USIM is on the card");
                    }))
        .isInstanceOf(UsimUnavailableException.class)
        .hasMessage("usim: no USIM is on the card");
  }
}
