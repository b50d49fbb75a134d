// SPDX-License-Identifier: EPL-2.0
/**
 * The smallest program around Leshan's client that bootstraps, registers and reports its first
 * update; packed as a jar of its own, which the benchmark of the client measures ours against.
 *
 * <p>Knows Leshan and nothing of Mooring.
 */
@NullMarked
package org.mooring.interop.bench.client.leshan;

import org.jspecify.annotations.NullMarked;
