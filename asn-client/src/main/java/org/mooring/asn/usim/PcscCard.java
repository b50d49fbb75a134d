// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.CommandAPDU;
import javax.smartcardio.TerminalFactory;

/** A card in a reader that PC/SC knows. It is looked for at each use, so it may be exchanged. */
public final class PcscCard implements SmartCard {
  private static final String LIBRARY = "sun.security.smartcardio.library";
  private static final List<String> LIBRARIES =
      Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf")
          .map(machine -> "/usr/lib/" + machine + "/libpcsclite.so.1")
          .toList();

  private final String reader;

  /**
   * @param reader a part of the reader's name; empty for the only reader with a card
   */
  public PcscCard(String reader) {
    this.reader = reader;
  }

  @Override
  public <T> T alone(Exchange<T> exchange) {
    try {
      Card card = terminal().connect("*");
      try {
        card.beginExclusive();
        return exchange.run(command -> transmit(card, command));
      } finally {
        // Reset: the next user finds no application selected.
        card.disconnect(true);
      }
    } catch (CardException e) {
      throw new UsimUnavailableException("usim: no card answers in the reader, look at it");
    }
  }

  private static byte[] transmit(Card card, byte[] command) {
    CommandAPDU apdu = new CommandAPDU(command);
    try {
      return card.getBasicChannel().transmit(apdu).getBytes();
    } catch (CardException | IllegalArgumentException | IllegalStateException e) {
      // The JDK has the latter two for a card that is being taken out: the first for its empty
      // response, the second for what is asked of it after that.
      throw new UsimUnavailableException("usim: the card in the reader does not answer");
    }
  }

  private CardTerminal terminal() {
    List<CardTerminal> present = readers();
    List<CardTerminal> fitting =
        present.stream().filter(known -> known.getName().contains(reader)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    if (present.isEmpty()) {
      throw new UsimUnavailableException("usim: no reader has a card, put it in");
    }
    String known =
        present.stream().map(CardTerminal::getName).collect(Collectors.joining(", ", "(", ")"));
    throw new UsimUnavailableException(
        fitting.isEmpty()
            ? "usim: no reader of this name has a card " + known
            : "usim: several readers have a card, name one " + known);
  }

  /** Not of the default factory: where pcscd did not run at its first use, that stays empty. */
  private static List<CardTerminal> readers() {
    nameLibrary();
    try {
      return TerminalFactory.getInstance("PC/SC", null)
          .terminals()
          .list(CardTerminals.State.CARD_PRESENT);
    } catch (CardException | NoSuchAlgorithmException e) {
      throw new UsimUnavailableException(
          "usim: no card reader is here, or pcscd does not run; where it was started anew, start"
              + " the node anew too");
    }
  }

  /** A JDK that is not the distribution's own does not look where Debian keeps the library. */
  private static void nameLibrary() {
    if (System.getProperty(LIBRARY) == null) {
      LIBRARIES.stream()
          .filter(file -> Files.isReadable(Path.of(file)))
          .findFirst()
          .ifPresent(file -> System.setProperty(LIBRARY, file));
    }
  }
}
