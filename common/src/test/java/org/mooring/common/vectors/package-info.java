// SPDX-License-Identifier: EPL-2.0
/** Reads the vector files that tests of every room share. */
@NullMarked
package org.mooring.common.vectors;

import org.jspecify.annotations.NullMarked;
