// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.subscription.SubscriptionCheck;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;

/**
 * What the registrar says of AEs that register here, by whose stem it is: the provider's or this
 * CSE's, and whether it is one that the AE takes along.
 */
public final class RegistrarsWords {
  private final AeAnnouncements announcements;
  private final SubscribedAes subscribed;
  private final TrackedRegistrations tracked;

  public RegistrarsWords(
      AeAnnouncements announcements, SubscribedAes subscribed, TrackedRegistrations tracked) {
    this.announcements = announcements;
    this.subscribed = subscribed;
    this.tracked = tracked;
  }

  /**
   * As {@link AeAnnouncements#ask}, {@link SubscribedAes#ask} and {@link
   * TrackedRegistrations#admit}.
   */
  public CompletionStage<RegistrarsWord> ask(RegistrarQuestion question) {
    return question.stem().isAssignedByCse()
        ? subscribed.ask(question).thenCompose(word -> admitted(question, word))
        : announcements.ask(question);
  }

  /** Of an AE that may not register here at all nothing is told. */
  private CompletionStage<RegistrarsWord> admitted(
      RegistrarQuestion question, RegistrarsWord word) {
    boolean isToBeTold =
        question.tracking().isPresent()
            && word instanceof RegistrarsWord.Subscribed rules
            && SubscriptionCheck.decide(question.registration(rules.credential()), rules.profile())
                .isAllowed();
    return isToBeTold
        ? tracked.admit(question, (RegistrarsWord.Subscribed) word)
        : CompletableFuture.completedStage(word);
  }

  /**
   * Whether the registrar, which refused a request of an AE's, knows the AE again, so that it may
   * be sent once more: as {@link AeAnnouncements#announceIfForgotten}. One that takes its stem
   * along it has not forgotten; that may have left, which does not hold the answer back.
   */
  public CompletionStage<Boolean> knowsAgain(RegistrarQuestion question) {
    if (!question.stem().isAssignedByCse()) {
      return announcements.announceIfForgotten(question);
    }
    tracked.doubt(question.stem());
    return CompletableFuture.completedStage(false);
  }
}
