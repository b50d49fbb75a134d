// SPDX-License-Identifier: EPL-2.0
/**
 * The two executable jars as processes of their own: started, asked over their command lines and
 * the admin API, and killed.
 */
@NullMarked
package org.mooring.interop.process;

import org.jspecify.annotations.NullMarked;
