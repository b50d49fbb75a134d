// SPDX-License-Identifier: EPL-2.0
@NullMarked
package org.mooring.in.bsf;

import org.jspecify.annotations.NullMarked;
