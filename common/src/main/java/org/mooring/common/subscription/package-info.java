// SPDX-License-Identifier: EPL-2.0
/**
 * Whether an AE may register: its credential, its App-ID and its AE-ID held against the rules of
 * the M2M service subscription (TS-0001 clauses 9.6.20, 9.6.29 and 10.2.2.2, TS-0004 clause
 * 7.3.2.7). The provider's CSE decides so, and every registrar below it.
 *
 * <p>A pure function over what the resources say; knows neither where they stand nor the request.
 */
@NullMarked
package org.mooring.common.subscription;

import org.jspecify.annotations.NullMarked;
