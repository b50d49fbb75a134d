// SPDX-License-Identifier: EPL-2.0
/** How HTTP servers are set up here, whatever they serve. */
@NullMarked
package org.mooring.in.http;

import org.jspecify.annotations.NullMarked;
