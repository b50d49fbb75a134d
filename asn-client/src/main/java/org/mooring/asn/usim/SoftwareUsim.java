// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.util.Optional;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.UsimChip;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.gba.SubscriberKey;

/**
 * A USIM whose key and sequence numbers are in the vault. A number counts as used once the vault
 * has it, before the response leaves: none is accepted twice, whatever happens to the node.
 */
public final class SoftwareUsim implements Usim {
  private final StateKeeper keeper;
  private final UsimChip.InSoftware chip;

  /**
   * @param keeper of the node that came with it
   */
  public SoftwareUsim(StateKeeper keeper, UsimChip.InSoftware chip) {
    this.keeper = keeper;
    this.chip = chip;
  }

  @Override
  public Answer authenticate(AkaNonce challenge) {
    NodeState state = keeper.state();
    SubscriberKey key = SubscriberKey.of(chip.key());
    try {
      return Aka.open(key, challenge.rand(), challenge.autn())
          .map(opened -> judged(opened, key, challenge, state.sequenceNumbers()))
          .orElseGet(Answer.WrongMac::new);
    } finally {
      key.destroy();
    }
  }

  private Answer judged(
      Aka.Opened opened, SubscriberKey key, AkaNonce challenge, SequenceWindow numbers) {
    Optional<SequenceWindow> accepting = numbers.accepting(opened.number());
    if (accepting.isEmpty()) {
      return new Answer.Stale(Aka.auts(key, challenge.rand(), numbers.highest()));
    }
    keeper.update(state -> state.toBuilder().sequenceNumbers(accepting.get()).build());
    return new Answer.Authenticated(opened.response(), opened.sessionKey());
  }
}
