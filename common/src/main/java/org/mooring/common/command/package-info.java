// SPDX-License-Identifier: EPL-2.0
/**
 * MEF client commands as they stand in messages: what a command says, its classes and its status
 * codes (TS-0003 clauses 8.3.9, 12.3.2 and 12.4.4 to 12.4.10).
 *
 * <p>Knows nothing of who issues or executes them.
 */
@NullMarked
package org.mooring.common.command;

import org.jspecify.annotations.NullMarked;
