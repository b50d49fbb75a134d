// SPDX-License-Identifier: EPL-2.0
/**
 * The M2M Enrolment Function: enrolees, bootstrapping and the keys it provisions (TS-0003 clause
 * 8.3).
 *
 * <p>Knows nothing of the MAF's and the CSE's state; they ask it for keys through {@code
 * KeyRetrieval}.
 */
@NullMarked
package org.mooring.in.mef;

import org.jspecify.annotations.NullMarked;
