// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.net.InetSocketAddress;

/**
 * What the relay can tell of a datagram without its keys.
 *
 * @param client the client's end, whichever way the datagram goes
 * @param direction which way it goes
 * @param kind what it is
 * @param number for handshake kinds, which handshake of this relay it belongs to; for REQUEST and
 *     ANSWER, which exchange; both count from 1 over all clients, so that the numbers mean
 *     something while one client at a time talks
 * @param octets its length
 */
public record RelayedDatagram(
    InetSocketAddress client, Direction direction, Kind kind, int number, int octets) {

  /** Which way a datagram goes. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /** What a datagram is, by its record headers and lengths. */
  public enum Kind {
    /** ClientHello, with or without a cookie. */
    CLIENT_HELLO,
    /** Any other part of a handshake before the sender's Finished. */
    FLIGHT,
    /** Contains the sender's Finished: the first record of its epoch 1. */
    FINISHED,
    /** Application data to the server; repeated ones keep the number until an answer came. */
    REQUEST,
    /** Application data to the client. */
    ANSWER,
    /** Application data of four octets: an empty CoAP message. */
    ACKNOWLEDGEMENT,
    /** An alert, close_notify among them. */
    ALERT,
    /** Not DTLS. */
    OTHER
  }
}
