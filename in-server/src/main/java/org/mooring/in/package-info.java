// SPDX-License-Identifier: EPL-2.0
/**
 * The IN server put together: the one place where its rooms are joined, and the door through which
 * every request comes.
 *
 * <p>Knows every room; none of them knows this one.
 */
@NullMarked
package org.mooring.in;

import org.jspecify.annotations.NullMarked;
