// SPDX-License-Identifier: EPL-2.0
/**
 * The benchmarks: what each has in common with the others, and one command for each. A reference is
 * measured in turns with Mooring, on the same machine and with the same flags of the Java runtime.
 *
 * <p>Knows the fleet, the processes and the relay; nothing of the server's inside.
 */
@NullMarked
package org.mooring.interop.bench;

import org.jspecify.annotations.NullMarked;
