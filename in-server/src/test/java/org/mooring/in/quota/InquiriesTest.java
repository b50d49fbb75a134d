// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;

class InquiriesTest {
  private static final NafId MEF = new NafId(new Fqdn("mef.sp.example.org"));
  private static final NafId MAF = new NafId(new Fqdn("maf.sp.example.org"));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Inquiries<Question> inquiries = new Inquiries<>("the BSF", () -> now);

  private record Question(TransactionId transaction, NafId naf) {}

  private final List<CompletableFuture<Boolean>> asked = new ArrayList<>();

  private static TransactionId transaction() {
    return new TransactionId(Rand.random(), new Fqdn("bsf.operator.example"));
  }

  private static ByteBuffer source(int number) {
    return ByteBuffer.wrap(new byte[] {10, 0, 0, (byte) number});
  }

  private CompletionStage<Void> ask(TransactionId transaction, NafId naf, int source) {
    return inquiries.ask(
        new Question(transaction, naf),
        source(source),
        () -> {
          CompletableFuture<Boolean> answer = new CompletableFuture<>();
          asked.add(answer);
          return answer.minimalCompletionStage();
        });
  }

  private static String reason(CompletionStage<Void> answer) {
    return answer
        .handle(
            (done, failure) -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              return cause instanceof Unusable ? String.valueOf(cause.getMessage()) : "none";
            })
        .toCompletableFuture()
        .getNow("open");
  }

  @Test
  void oneQuestionIsAskedOnceAtATime() {
    TransactionId transaction = transaction();
    CompletionStage<Void> first = ask(transaction, MEF, 1);
    CompletionStage<Void> same = ask(transaction, MEF, 2);
    CompletionStage<Void> other = ask(transaction, MAF, 1);
    assertThat(asked).hasSize(2);

    asked.get(0).complete(true);

    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(same.toCompletableFuture()).isCompleted();
    assertThat(other.toCompletableFuture()).isNotCompleted();
    var unused = ask(transaction, MEF, 1);
    assertThat(asked).hasSize(3);
  }

  @Test
  void aRefusedQuestionIsNotAskedAgainForSomeSeconds() {
    TransactionId transaction = transaction();
    CompletionStage<Void> first = ask(transaction, MEF, 1);
    asked.get(0).completeExceptionally(new Unusable("no"));
    assertThat(reason(first)).isEqualTo("no");

    now = now.plus(Inquiries.REFUSED_FOR).minusMillis(1);
    assertThat(reason(ask(transaction, MEF, 1))).isEqualTo("no");
    assertThat(reason(ask(transaction, MAF, 1))).isEqualTo("open");
    assertThat(asked).hasSize(2);

    now = now.plusMillis(1);
    assertThat(reason(ask(transaction, MEF, 1))).isEqualTo("open");
  }

  @Test
  void anotherFailureIsNotRemembered() {
    TransactionId transaction = transaction();
    CompletionStage<Void> first = ask(transaction, MEF, 1);
    asked.get(0).completeExceptionally(new IllegalStateException("the store is closed"));
    assertThat(reason(first)).isEqualTo("none");

    assertThat(reason(ask(transaction, MEF, 1))).isEqualTo("open");
  }

  @Test
  void oneSourceTakesItsShareAndAllTheirs() {
    int source = 0;
    for (int open = 0; open < Inquiries.OPEN; open++) {
      if (open % Inquiries.OPEN_OF_SOURCE == 0) {
        source++;
      }
      assertThat(reason(ask(transaction(), MEF, source))).isEqualTo("open");
      boolean isFull = (open + 1) % Inquiries.OPEN_OF_SOURCE == 0;
      if (isFull) {
        assertThat(reason(ask(transaction(), MEF, source)))
            .isEqualTo("too much is being asked of the BSF");
      }
    }
    assertThat(reason(ask(transaction(), MEF, 99))).isEqualTo("too much is being asked of the BSF");

    asked.get(0).complete(true);
    assertThat(reason(ask(transaction(), MEF, 1))).isEqualTo("open");
  }

  private CompletionStage<Void> askAtNobodysWord(TransactionId transaction) {
    return inquiries.ask(
        new Question(transaction, MEF),
        () -> {
          CompletableFuture<Boolean> answer = new CompletableFuture<>();
          asked.add(answer);
          return answer.minimalCompletionStage();
        });
  }

  @Test
  void whatStrangersAskKeepsTheServerFromNoQuestionOfItsOwn() {
    TransactionId shared = transaction();
    CompletionStage<Void> strangers = ask(shared, MEF, 0);
    for (int open = 1; open < Inquiries.OPEN; open++) {
      assertThat(reason(ask(transaction(), MEF, open / Inquiries.OPEN_OF_SOURCE)))
          .isEqualTo("open");
    }

    CompletionStage<Void> own = askAtNobodysWord(transaction());
    CompletionStage<Void> same = askAtNobodysWord(shared);

    assertThat(asked).hasSize(Inquiries.OPEN + 1);
    asked.get(Inquiries.OPEN).complete(true);
    asked.get(0).complete(true);
    assertThat(List.of(own, same, strangers))
        .allSatisfy(answer -> assertThat(answer.toCompletableFuture()).isCompleted());
  }

  @Test
  void norDoesWhatWasRefusedThem() {
    TransactionId transaction = transaction();
    var unused = ask(transaction, MEF, 1);
    asked.get(0).completeExceptionally(new Unusable("no answer"));
    assertThat(reason(ask(transaction, MEF, 1))).isEqualTo("no answer");

    CompletionStage<Void> own = askAtNobodysWord(transaction);
    asked.get(1).complete(true);

    assertThat(own.toCompletableFuture()).isCompleted();
  }
}
