// SPDX-License-Identifier: EPL-2.0
/** Tests of EST's parts that need no running server. */
@NullMarked
package org.mooring.in.est;

import org.jspecify.annotations.NullMarked;
