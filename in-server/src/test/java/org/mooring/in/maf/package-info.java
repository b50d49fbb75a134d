// SPDX-License-Identifier: EPL-2.0
/** Tests of the procedures over the real store. */
@NullMarked
package org.mooring.in.maf;

import org.jspecify.annotations.NullMarked;
