// SPDX-License-Identifier: EPL-2.0
/**
 * The bootstrapping server function, which is the MEF's part in GBA (TS-0003 clause 8.3.2.3, TS
 * 33.220 clause 4.5): it authenticates a node by its USIM and hands application functions, ours and
 * those of others, the keys that they share with the node. An operator's is asked for them.
 *
 * <p>Knows the HSS as a source of vectors, enrolees and credentials. Knows nothing of HTTP, CoAP or
 * SQL.
 */
@NullMarked
package org.mooring.in.bsf;

import org.jspecify.annotations.NullMarked;
