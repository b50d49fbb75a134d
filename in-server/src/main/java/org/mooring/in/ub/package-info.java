// SPDX-License-Identifier: EPL-2.0
/**
 * Reference point Ub (TS 33.220 clause 4.4.1, TS 24.109 clause 4.3) on a port of its own, for
 * nodes: the one procedure of the BSF over HTTP and over CoAP.
 */
@NullMarked
package org.mooring.in.ub;

import org.jspecify.annotations.NullMarked;
