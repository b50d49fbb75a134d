// SPDX-License-Identifier: EPL-2.0
/**
 * How much of something one of many may have, kept in bounded memory. Knows nothing of what it is.
 */
@NullMarked
package org.mooring.in.quota;

import org.jspecify.annotations.NullMarked;
