// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

/** A smart card that takes commands, one at a time (ISO/IEC 7816-4). It may wait for the card. */
public interface SmartCard {
  /**
   * Runs commands while nobody else talks to the card.
   *
   * @param exchange runs with the basic channel, on which the card was just reset or left by others
   * @throws UsimUnavailableException if the card is gone
   */
  <T> T alone(Exchange<T> exchange);

  /** Some commands that belong together. */
  @FunctionalInterface
  interface Exchange<T> {
    T run(Channel channel);
  }

  /** The card's basic channel. */
  @FunctionalInterface
  interface Channel {
    /**
     * Gives the card's response.
     *
     * @param command CLA INS P1 P2, and Lc with data and Le where they apply
     * @return data, SW1 and SW2; data that a T=0 card holds back is fetched
     * @throws UsimUnavailableException if the card is gone
     */
    byte[] transmit(byte[] command);
  }
}
