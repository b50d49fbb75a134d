// SPDX-License-Identifier: EPL-2.0
/**
 * The IN-CSE: the resource tree with TS-0004's generic rules over the table of attribute policies,
 * and what registrations add to them (TS-0004 clauses 7.3.3 and 7.4).
 *
 * <p>Takes the originator as authenticated; knows nothing of keys, SQL or CoAP.
 */
@NullMarked
package org.mooring.in.cse;

import org.jspecify.annotations.NullMarked;
