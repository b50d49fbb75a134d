// SPDX-License-Identifier: EPL-2.0
/**
 * The home subscriber server as the BSF sees it over Zh (TS 33.220 clause 4.4.5, TS 33.102 clause
 * 6.3): where authentication vectors come from. The one here is a table of subscribers; an
 * operator's stands behind {@code AuthenticationVectors}.
 *
 * <p>Knows subscribers and nothing of nodes, keys derived or transports.
 */
@NullMarked
package org.mooring.in.hss;

import org.jspecify.annotations.NullMarked;
