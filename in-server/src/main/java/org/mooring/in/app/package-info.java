// SPDX-License-Identifier: EPL-2.0
/**
 * The application registry: which applications may use the provider's services, the tokens that let
 * their instances in, and the instances that came.
 *
 * <p>A role of its own. A MAF asks it through {@link org.mooring.in.app.ApplicationRegistry} to
 * judge a proof, and gets A and no token's secret; the registry sees no Km. Knows credentials,
 * which end with what was revoked here; nothing of SQL, CoAP or HTTP.
 */
@NullMarked
package org.mooring.in.app;

import org.jspecify.annotations.NullMarked;
