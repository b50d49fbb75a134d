// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.Autn;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A card with a USIM in a virtual reader: T=0, as UICCs are, with GET RESPONSE for what it holds
 * back. Each message on its connection has a length of two octets before it.
 */
public final class VirtualUsim implements AutoCloseable {
  private static final byte[] ATR = {0x3B, 0x00};
  private static final int GIVE_ATR = 4;
  private static final int CK_OCTETS = 16;
  private static final String AUTHENTICATE = "0088008122";
  private static final String GET_RESPONSE = "00c00000";
  private static final String SELECT_USIM = "00a4040c07a0000000871002";
  private static final byte[] DONE = HexFormat.of().parseHex("9000");
  private static final byte[] WRONG_MAC = HexFormat.of().parseHex("9862");
  private static final byte[] NOT_FOUND = HexFormat.of().parseHex("6A82");
  private static final byte[] UNKNOWN = HexFormat.of().parseHex("6D00");
  private static final byte[] NOT_NOW = HexFormat.of().parseHex("6985");

  private final Socket slot;
  private final SubscriberKey key;
  private final Thread thread;
  private volatile boolean leaving;
  private SequenceWindow numbers = SequenceWindow.FRESH;
  private boolean selected;
  private byte[] heldBack = {};

  private VirtualUsim(Socket slot, SubscriberKey key) {
    this.slot = slot;
    this.key = key;
    this.thread = new Thread(this::live, "virtual USIM");
    thread.setDaemon(true);
  }

  /** Puts a card into the reader. */
  public static VirtualUsim in(PcscDaemon reader, SubscriberKey key) throws InterruptedException {
    VirtualUsim card = new VirtualUsim(reader.slot(), key);
    card.thread.start();
    return card;
  }

  private void live() {
    try (DataInputStream in = new DataInputStream(slot.getInputStream());
        DataOutputStream out = new DataOutputStream(slot.getOutputStream())) {
      while (true) {
        byte[] message = in.readNBytes(in.readUnsignedShort());
        Optional<byte[]> answer = message.length == 1 ? control(message[0]) : answer(message);
        if (answer.isPresent()) {
          out.writeShort(answer.get().length);
          out.write(answer.get());
          out.flush();
        }
      }
    } catch (IOException e) {
      // The card was taken out.
    }
  }

  /** Has it be taken out just when the next command is there. */
  public void leaveAtNextCommand() {
    leaving = true;
  }

  /** Power off, power on, reset: the card forgets what was selected. */
  private Optional<byte[]> control(byte code) {
    if (code == GIVE_ATR) {
      return Optional.of(ATR);
    }
    selected = false;
    return Optional.empty();
  }

  private Optional<byte[]> answer(byte[] command) throws IOException {
    if (leaving) {
      throw new EOFException("taken out");
    }
    String hex = HexFormat.of().formatHex(command);
    if (hex.startsWith(SELECT_USIM)) {
      selected = true;
      return Optional.of(DONE);
    }
    if (hex.startsWith("00a4")) {
      return Optional.of(NOT_FOUND);
    }
    if (hex.startsWith(GET_RESPONSE)) {
      return Optional.of(joined(heldBack, DONE));
    }
    if (hex.startsWith(AUTHENTICATE)) {
      return Optional.of(selected ? authenticate(command) : NOT_NOW);
    }
    return Optional.of(UNKNOWN);
  }

  private byte[] authenticate(byte[] command) {
    Rand rand = Rand.of(Arrays.copyOfRange(command, 6, 6 + Rand.OCTETS));
    int at = 6 + Rand.OCTETS + 1;
    Autn autn = Autn.of(Arrays.copyOfRange(command, at, at + Autn.OCTETS));
    Optional<Aka.Opened> opened = Aka.open(key, rand, autn);
    if (opened.isEmpty()) {
      return WRONG_MAC;
    }
    Optional<SequenceWindow> accepting = numbers.accepting(opened.get().number());
    if (accepting.isEmpty()) {
      return holdBack(tagged(0xDC, Aka.auts(key, rand, numbers.highest()).octets()));
    }
    numbers = accepting.get();
    byte[] session = octets(opened.get().sessionKey());
    return holdBack(
        tagged(
            0xDB,
            octets(opened.get().response()),
            Arrays.copyOf(session, CK_OCTETS),
            Arrays.copyOfRange(session, CK_OCTETS, session.length)));
  }

  private byte[] holdBack(byte[] data) {
    heldBack = data;
    return new byte[] {0x61, (byte) data.length};
  }

  private static byte[] octets(SecretKeyBytes secret) {
    return secret.toByteArray();
  }

  /** A tag, and each value behind its length. */
  private static byte[] tagged(int tag, byte[]... values) {
    byte[] all = {(byte) tag};
    for (byte[] value : values) {
      all = joined(joined(all, new byte[] {(byte) value.length}), value);
    }
    return all;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Override
  public void close() throws IOException {
    slot.close();
  }
}
