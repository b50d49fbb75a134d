// SPDX-License-Identifier: EPL-2.0
/**
 * What enrolment and application association write into the M2M service subscription (TS-0001
 * clauses 9.6.20 and 9.6.29), as a port. What follows from it for the registration of an AE, {@code
 * org.mooring.common.subscription} decides.
 *
 * <p>Knows neither the resources nor the request.
 */
@NullMarked
package org.mooring.in.subscription;

import org.jspecify.annotations.NullMarked;
