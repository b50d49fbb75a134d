// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.concurrent.CompletionStage;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;

/**
 * What the registrar says of AEs that register here, by whose stem it is: the provider's or this
 * CSE's.
 */
public final class RegistrarsWords {
  private final AeAnnouncements announcements;
  private final SubscribedAes subscribed;

  public RegistrarsWords(AeAnnouncements announcements, SubscribedAes subscribed) {
    this.announcements = announcements;
    this.subscribed = subscribed;
  }

  /** As {@link AeAnnouncements#ask} and {@link SubscribedAes#ask}. */
  public CompletionStage<RegistrarsWord> ask(RegistrarQuestion question) {
    return question.stem().isAssignedByCse()
        ? subscribed.ask(question)
        : announcements.ask(question);
  }

  /** As {@link AeAnnouncements#announceIfForgotten}. */
  public CompletionStage<Boolean> announceIfForgotten(RegistrarQuestion question) {
    return announcements.announceIfForgotten(question);
  }
}
