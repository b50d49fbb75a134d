// SPDX-License-Identifier: EPL-2.0
/** Tests of the door's parts that need no running server. */
@NullMarked
package org.mooring.in.door;

import org.jspecify.annotations.NullMarked;
