// SPDX-License-Identifier: EPL-2.0
/** Tests of the module as a whole. */
@NullMarked
package org.mooring.common;

import org.jspecify.annotations.NullMarked;
