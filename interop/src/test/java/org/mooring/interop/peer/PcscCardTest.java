// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.usim.CardUsim;
import org.mooring.asn.usim.PcscCard;
import org.mooring.asn.usim.Usim;
import org.mooring.asn.usim.UsimUnavailableException;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.interop.Peers;

/** The node's side of PC/SC, through a daemon and a reader that others wrote. */
@Timeout(120)
class PcscCardTest {
  @Test
  void aUsimInAReaderAnswersAndKeepsCountOfTheChallenges(@TempDir Path folder) throws Exception {
    Path pcscd = Peers.require("pcscd with vsmartcard-vpcd", PcscDaemon.startable());
    SubscriberKey key = SubscriberKey.random();
    Usim usim = new CardUsim(new PcscCard(PcscDaemon.READER));
    try (PcscDaemon daemon = PcscDaemon.start(pcscd, folder)) {
      VirtualUsim card = VirtualUsim.in(daemon, key);
      AuthenticationVector vector = Aka.vector(key, Rand.random(), new SequenceNumber(32));
      AkaNonce challenge = new AkaNonce(vector.rand(), vector.autn());

      // The daemon looks for new cards now and then.
      Usim.Answer first =
          await()
              .ignoreExceptionsInstanceOf(UsimUnavailableException.class)
              .until(() -> usim.authenticate(challenge), answer -> true);
      assertThat(first)
          .isEqualTo(new Usim.Answer.Authenticated(vector.expectedResponse(), vector.sessionKey()));
      assertThat(usim.authenticate(challenge)).isInstanceOf(Usim.Answer.Stale.class);
      AuthenticationVector foreign =
          Aka.vector(SubscriberKey.random(), Rand.random(), new SequenceNumber(64));
      assertThat(usim.authenticate(new AkaNonce(foreign.rand(), foreign.autn())))
          .isEqualTo(new Usim.Answer.WrongMac());

      card.close();
      assertThatThrownBy(() -> usim.authenticate(challenge))
          .isInstanceOf(UsimUnavailableException.class)
          .hasMessageStartingWith("usim: ");
    }
  }
}
