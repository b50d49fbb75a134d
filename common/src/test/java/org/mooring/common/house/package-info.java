// SPDX-License-Identifier: EPL-2.0
/** What the architecture tests of every module hold its rooms to. */
@NullMarked
package org.mooring.common.house;

import org.jspecify.annotations.NullMarked;
