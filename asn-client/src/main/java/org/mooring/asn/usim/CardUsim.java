// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.Autn;
import org.mooring.common.gba.Auts;
import org.mooring.common.gba.Rand;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A USIM on a card. The key and the sequence numbers stay there; CK and IK come out, as GBA_ME has
 * it (TS 33.220 clause 4.1): the node makes Ks of them.
 */
public final class CardUsim implements Usim {
  /** RID of 3GPP and application code of a USIM: the card completes it (TS 101 220 annex E). */
  private static final byte[] USIM = HexFormat.of().parseHex("A0000000871002");

  private static final int CK_OCTETS = 16;
  private static final int IK_OCTETS = 16;
  private static final int LEAST_RES_OCTETS = 4;
  private static final int MOST_RES_OCTETS = 16;

  /** AUTHENTICATE's tags of an answer and of AUTS (TS 31.102 clause 7.1.2.1). */
  private static final int SUCCESS = 0xDB;

  private static final int SYNCHRONISATION_FAILURE = 0xDC;

  private static final int DONE = 0x9000;
  private static final int WRONG_MAC = 0x9862;
  private static final int SECURITY_STATUS_NOT_SATISFIED = 0x6982;
  private static final int FILE_NOT_FOUND = 0x6A82;

  private final SmartCard card;

  public CardUsim(SmartCard card) {
    this.card = card;
  }

  /**
   * @throws UsimUnavailableException if there is no card, no USIM on it, or it wants its PIN
   */
  @Override
  public Answer authenticate(AkaNonce challenge) {
    return card.alone(
        channel -> {
          requireDone(transmit(channel, select()), "no USIM is on the card");
          return answer(transmit(channel, command(challenge)));
        });
  }

  /** SELECT by a name's beginning, without file control information (TS 102 221 clause 11.1.1). */
  private static byte[] select() {
    ByteBuffer command = ByteBuffer.allocate(5 + USIM.length);
    command.put(HexFormat.of().parseHex("00A4040C")).put((byte) USIM.length).put(USIM);
    return command.array();
  }

  /**
   * AUTHENTICATE in the 3G security context, by the USIM's own reference data (TS 31.102 clause
   * 7.1.2): {@code 10 RAND 10 AUTN}.
   */
  private static byte[] command(AkaNonce challenge) {
    ByteBuffer command = ByteBuffer.allocate(5 + 1 + Rand.OCTETS + 1 + Autn.OCTETS + 1);
    command.put(HexFormat.of().parseHex("00880081"));
    command.put((byte) (1 + Rand.OCTETS + 1 + Autn.OCTETS));
    command.put((byte) Rand.OCTETS).put(challenge.rand().octets());
    command.put((byte) Autn.OCTETS).put(challenge.autn().octets());
    return command.put((byte) 0).array();
  }

  /**
   * A response of the card.
   *
   * @param data without the status
   * @param status SW1 and SW2
   */
  private record Response(ByteBuffer data, int status) {}

  private static Response transmit(SmartCard.Channel channel, byte[] command) {
    byte[] all = channel.transmit(command);
    if (all.length < 2) {
      throw new UsimUnavailableException(
          "usim: the card's response is no response, take it out and put it in again");
    }
    ByteBuffer whole = ByteBuffer.wrap(all);
    int status = whole.getShort(all.length - 2) & 0xFFFF;
    return new Response(whole.limit(all.length - 2), status);
  }

  private static void requireDone(Response response, String where) {
    if (response.status() == SECURITY_STATUS_NOT_SATISFIED) {
      throw new UsimUnavailableException(
          "usim: the card asks for its PIN, switch the PIN off: nobody is there to type it");
    }
    if (response.status() == FILE_NOT_FOUND) {
      throw new UsimUnavailableException("usim: " + where);
    }
    if (response.status() != DONE) {
      throw new UsimUnavailableException(
          "usim: the card answered %04X, try it in a phone".formatted(response.status()));
    }
  }

  private static Answer answer(Response response) {
    if (response.status() == WRONG_MAC) {
      return new Answer.WrongMac();
    }
    requireDone(response, "the card does not know AUTHENTICATE");
    try {
      ByteBuffer data = response.data();
      int tag = data.get() & 0xFF;
      if (tag == SYNCHRONISATION_FAILURE) {
        return new Answer.Stale(Auts.of(next(data, Auts.OCTETS, Auts.OCTETS)));
      }
      if (tag == SUCCESS) {
        return authenticated(data);
      }
    } catch (BufferUnderflowException e) {
      // Told below.
    } finally {
      Arrays.fill(response.data().array(), (byte) 0);
    }
    throw new UsimUnavailableException(
        "usim: the card's answer to a challenge can not be read, try it in a phone");
  }

  /** RES, CK, IK, each behind its length; a Kc for older networks may follow. */
  private static Answer authenticated(ByteBuffer data) {
    byte[] response = next(data, LEAST_RES_OCTETS, MOST_RES_OCTETS);
    byte[] session = new byte[CK_OCTETS + IK_OCTETS];
    byte[] confidentiality = next(data, CK_OCTETS, CK_OCTETS);
    byte[] integrity = next(data, IK_OCTETS, IK_OCTETS);
    System.arraycopy(confidentiality, 0, session, 0, CK_OCTETS);
    System.arraycopy(integrity, 0, session, CK_OCTETS, IK_OCTETS);
    try {
      return new Answer.Authenticated(
          SecretKeyBytes.copyOf(response), SecretKeyBytes.copyOf(session));
    } finally {
      for (byte[] secret : new byte[][] {response, session, confidentiality, integrity}) {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  private static byte[] next(ByteBuffer data, int least, int most) {
    int length = data.get() & 0xFF;
    if (length < least || length > most) {
      throw new BufferUnderflowException();
    }
    byte[] value = new byte[length];
    data.get(value);
    return value;
  }
}
