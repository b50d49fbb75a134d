// SPDX-License-Identifier: EPL-2.0
/**
 * Whether an AE may register: its credential, its App-ID and its AE-ID held against the rules of
 * the M2M service subscription (TS-0001 clauses 9.6.20, 9.6.29 and 10.2.2.2, TS-0004 clause
 * 7.3.2.7).
 *
 * <p>A pure function over what the resources say; knows neither the resources nor the request. What
 * enrolment and application association write for it goes through {@link
 * org.mooring.in.subscription.ImpliedRules}.
 */
@NullMarked
package org.mooring.in.subscription;

import org.jspecify.annotations.NullMarked;
