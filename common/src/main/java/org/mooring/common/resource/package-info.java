// SPDX-License-Identifier: EPL-2.0
/**
 * The table of attribute policies and its validator (TS-0004 clauses 7.3.3 and 7.4, TS-0032), and
 * the names of the trust functions' resources.
 *
 * <p>A resource type is a row of the table. Knows nothing of trees, persistence, CoAP or sessions.
 */
@NullMarked
package org.mooring.common.resource;

import org.jspecify.annotations.NullMarked;
