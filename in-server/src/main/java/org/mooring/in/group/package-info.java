// SPDX-License-Identifier: EPL-2.0
/**
 * Groups of devices that share one group key, from which each device's Kpm is derived, so that a
 * production line needs one secret and one list.
 *
 * <p>A device becomes an enrolee of {@code mef} with its first accepted request. Knows enrolees and
 * credentials; nothing of SQL, CoAP or HTTP.
 */
@NullMarked
package org.mooring.in.group;

import org.jspecify.annotations.NullMarked;
