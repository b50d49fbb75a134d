// SPDX-License-Identifier: EPL-2.0
/**
 * Peers that this project did not write (OpenSSL, libcoap, coap-cli), driven as processes, and a
 * CoAP codec of a few lines to feed those that speak DTLS alone.
 *
 * <p>Shares no code with what it tests: neither Californium nor the codecs and derivations of
 * {@code common}.
 */
@NullMarked
package org.mooring.interop.peer;

import org.jspecify.annotations.NullMarked;
