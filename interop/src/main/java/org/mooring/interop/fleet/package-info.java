// SPDX-License-Identifier: EPL-2.0
/**
 * The fleet simulator: any number of nodes in one process, each walking with the client's own
 * procedures from its factory key to a registered association, over a network as rough as wanted.
 *
 * <p>Knows the client's public face and the admin API; nothing of the server's inside.
 */
@NullMarked
package org.mooring.interop.fleet;

import org.jspecify.annotations.NullMarked;
