// SPDX-License-Identifier: EPL-2.0
/**
 * What a client costs its host: time from its cold start until it is registered, memory, threads
 * and room on the disk, for ours in several packings and for Leshan's beside it.
 *
 * <p>Knows the clients as programs alone, and Leshan's servers for Leshan's client.
 */
@NullMarked
package org.mooring.interop.bench.client;

import org.jspecify.annotations.NullMarked;
