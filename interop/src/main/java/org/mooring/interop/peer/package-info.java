// SPDX-License-Identifier: EPL-2.0
/**
 * Peers that this project did not write (OpenSSL, libcoap, coap-cli), driven as processes, and a
 * CoAP codec of a few lines to feed those that speak DTLS alone.
 *
 * <p>What the peers send shares no code with what it tests: neither Californium nor the codecs and
 * derivations of {@code common}. Only {@code LocalApplication}, which the demo reports from, reads
 * its answers with them, and {@code VirtualUsim} is a card of our own, behind readers that others
 * wrote.
 */
@NullMarked
package org.mooring.interop.peer;

import org.jspecify.annotations.NullMarked;
