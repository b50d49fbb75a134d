// SPDX-License-Identifier: EPL-2.0
/**
 * Bootstrapping with a USIM (TS-0003 clause 8.3.2.3, TS 33.220 clause 4.5.2): the USIM behind an
 * interface, in software or on a card, and the node's end of Ub over CoAP and over HTTP.
 *
 * <p>Knows the vault and the server's clock, and nothing of what the key is used for.
 */
@NullMarked
package org.mooring.asn.usim;

import org.jspecify.annotations.NullMarked;
