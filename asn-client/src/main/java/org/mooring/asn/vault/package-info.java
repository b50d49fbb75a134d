// SPDX-License-Identifier: EPL-2.0
/**
 * What a node knows and keeps: its state as immutable records, and the sealed file that outlives a
 * power cut at any point.
 *
 * <p>Knows keys, identifiers and the codec; nothing of sessions, requests or the procedures that
 * change the state.
 */
@NullMarked
package org.mooring.asn.vault;

import org.jspecify.annotations.NullMarked;
