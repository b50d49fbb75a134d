// SPDX-License-Identifier: EPL-2.0
/**
 * The IN server put together: the one place where its rooms are joined and started, and what it
 * does on its own: housekeeping and its status.
 *
 * <p>Knows every room; none of them knows this one.
 */
@NullMarked
package org.mooring.in;

import org.jspecify.annotations.NullMarked;
