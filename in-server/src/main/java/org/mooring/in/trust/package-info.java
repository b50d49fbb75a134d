// SPDX-License-Identifier: EPL-2.0
/**
 * What MEF and MAF have in common (TS-0003 clauses 8.3.5 and 8.8.2, TS-0032): client registrations
 * and key registrations with their whole life.
 *
 * <p>A function is a {@code TrustFunction}; what only one of them does stands in {@code mef} or
 * {@code maf}. Knows nothing of SQL or CoAP.
 */
@NullMarked
package org.mooring.in.trust;

import org.jspecify.annotations.NullMarked;
