// SPDX-License-Identifier: EPL-2.0
/**
 * The identifiers of oneM2M as value objects, their ABNF enforced on construction (TS-0004 6.2,
 * TS-0001 7.2, TS-0003 10.4 to 10.6).
 *
 * <p>Knows nothing of resources, keys' bytes, CoAP or storage.
 */
@NullMarked
package org.mooring.common.identifier;

import org.jspecify.annotations.NullMarked;
