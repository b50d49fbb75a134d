// SPDX-License-Identifier: EPL-2.0
/**
 * What a server owes to many nodes: cost with a large store ({@code scale}), memory of those that
 * are idle ({@code idle}), all of them at once ({@code storm}) and over a bad network ({@code
 * lossy}).
 *
 * <p>The nodes are those of the fleet simulator; the server is the jar that is shipped, as a
 * process of its own.
 */
@NullMarked
package org.mooring.interop.bench.fleetwide;

import org.jspecify.annotations.NullMarked;
