// SPDX-License-Identifier: EPL-2.0
/**
 * What the server writes down about security: an append-only trail.
 *
 * <p>Knows nothing of how it is kept.
 */
@NullMarked
package org.mooring.in.audit;

import org.jspecify.annotations.NullMarked;
