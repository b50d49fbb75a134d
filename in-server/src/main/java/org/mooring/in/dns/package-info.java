// SPDX-License-Identifier: EPL-2.0
/**
 * The public domain names of CSEs (TS-0001 clauses 6.5.1 and 6.5.3): which ones the provider's DNS
 * is to have, and the dynamic updates (RFC 2136) that see to it.
 *
 * <p>Knows neither resources nor enrolees: whoever registers, deregisters or revokes says what that
 * does to a name, in the same transaction. DNS messages stay in here.
 */
@NullMarked
package org.mooring.in.dns;

import org.jspecify.annotations.NullMarked;
