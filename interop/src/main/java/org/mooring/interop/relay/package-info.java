// SPDX-License-Identifier: EPL-2.0
/**
 * A UDP relay on loopback that stands between clients and one server, tells what each datagram is
 * as far as DTLS record headers show it, and lets a test hold or drop it.
 *
 * <p>Knows the outside of DTLS records (RFC 6347, RFC 9146) and neither keys nor CoAP.
 */
@NullMarked
package org.mooring.interop.relay;

import org.jspecify.annotations.NullMarked;
