// SPDX-License-Identifier: EPL-2.0
/**
 * The M2M Authentication Function: master credentials and the association keys it distributes
 * (TS-0003 clause 8.8).
 *
 * <p>Learns Km from a MEF through {@code KeyRetrieval} alone, and of applications what the registry
 * says: whether a proof holds, and A.
 */
@NullMarked
package org.mooring.in.maf;

import org.jspecify.annotations.NullMarked;
