// SPDX-License-Identifier: EPL-2.0
/**
 * The Generic Bootstrapping Architecture of 3GPP (TS 33.220) as far as both ends of it need it:
 * MILENAGE (TS 35.206), authentication and key agreement (TS 33.102), HTTP Digest AKA (RFC 3310)
 * and what reference point Ub carries (TS 24.109).
 *
 * <p>Pure functions and values: knows nothing of transports, sessions or storage.
 */
@NullMarked
package org.mooring.common.gba;

import org.jspecify.annotations.NullMarked;
