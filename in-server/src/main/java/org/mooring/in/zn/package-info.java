// SPDX-License-Identifier: EPL-2.0
/**
 * Reference point Zn as the service Nbsp_GBA (3GPP TS 29.309) over HTTP, on both of its sides: what
 * is asked of an operator's BSF, and the port on which the BSF here answers functions of others.
 */
@NullMarked
package org.mooring.in.zn;

import org.jspecify.annotations.NullMarked;
