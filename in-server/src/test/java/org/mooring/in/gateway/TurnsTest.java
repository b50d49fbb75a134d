// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

class TurnsTest {
  private final Turns turns = new Turns();
  private final List<String> begun = new ArrayList<>();
  private final List<CompletableFuture<String>> answers = new ArrayList<>();

  private CompletionStage<String> ask(String about, String name) {
    return ask(about, "/asn-1", name);
  }

  private CompletionStage<String> ask(String about, String asker, String name) {
    return turns.inTurn(
        about,
        asker,
        () -> {
          begun.add(name);
          answers.add(new CompletableFuture<>());
          return answers.get(answers.size() - 1);
        });
  }

  @Test
  void theNextAboutTheSameThingBeginsWhenTheLastOneEnds() {
    CompletionStage<String> first = ask("S17", "first");
    CompletionStage<String> second = ask("S17", "second");
    ask("S18", "other");
    assertThat(begun).containsExactly("first", "other");

    answers.get(0).complete("yes");

    assertThat(begun).containsExactly("first", "other", "second");
    assertThat(first.toCompletableFuture()).isCompletedWithValue("yes");
    answers.get(2).complete("no");
    assertThat(second.toCompletableFuture()).isCompletedWithValue("no");
  }

  @Test
  void oneThatFailsHoldsUpNobody() {
    CompletionStage<String> broken =
        turns.inTurn(
            "S17",
            "/asn-1",
            () -> {
              throw new IllegalStateException("broken");
            });
    assertThat(broken.toCompletableFuture()).isCompletedExceptionally();
    ask("S17", "second");
    ask("S17", "third");

    answers.get(0).completeExceptionally(new IllegalStateException("lost"));

    assertThat(begun).containsExactly("second", "third");
  }

  @Test
  void soManyWaitAndNoMore() {
    for (int i = 0; i < Turns.MOST; i++) {
      ask("S17", "/asn-" + i % 2, "" + i);
    }

    assertRefused(ask("S17", "/asn-2", "late"));
    answers.get(0).complete("done");
    ask("S17", "/asn-0", "again");
    for (int i = 1; i <= Turns.MOST; i++) {
      answers.get(i).complete("done");
    }
    assertThat(begun).hasSize(Turns.MOST + 1);
  }

  @Test
  void oneWhoAsksMuchLeavesRoomForOthers() {
    for (int i = 0; i < Turns.MOST_OF_ONE; i++) {
      ask("S17", "/asn-1", "" + i);
    }

    assertRefused(ask("S17", "/asn-1", "late"));
    CompletionStage<String> other = ask("S17", "/asn-2", "other");
    assertThat(other.toCompletableFuture()).isNotDone();
    answers.get(0).complete("done");
    ask("S17", "/asn-1", "again");
    for (int i = 1; i < Turns.MOST_OF_ONE + 2; i++) {
      answers.get(i).complete("done");
    }
    assertThat(other.toCompletableFuture()).isCompletedWithValue("done");
    assertThat(begun).endsWith("other", "again");
  }

  private static void assertRefused(CompletionStage<String> asked) {
    assertThatThrownBy(() -> asked.toCompletableFuture().join())
        .hasCauseInstanceOf(RefusedException.class)
        .cause()
        .extracting(failure -> ((RefusedException) failure).refusal())
        .isEqualTo(Refusal.NOT_REACHABLE);
  }
}
