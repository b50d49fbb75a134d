// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.time.Duration;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.UsimChip;
import org.mooring.asn.vault.UsimCredential;

/** The USIMs of a node's subscriptions. */
public final class Usims {
  /** A card answers within a second; another program may hold its reader. */
  private static final Duration CARD_PATIENCE = Duration.ofSeconds(30);

  private final StateKeeper keeper;
  private final CardThread cards = new CardThread(CARD_PATIENCE);

  /**
   * @param keeper has what a USIM in software accepted
   */
  public Usims(StateKeeper keeper) {
    this.keeper = keeper;
  }

  /** The USIM of a subscription. */
  public Usim of(UsimCredential subscription) {
    if (subscription.chip() instanceof UsimChip.OnCard card) {
      return new CardUsim(cards.bounding(new PcscCard(card.reader())));
    }
    return new SoftwareUsim(keeper, (UsimChip.InSoftware) subscription.chip());
  }
}
