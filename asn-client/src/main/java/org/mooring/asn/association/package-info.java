// SPDX-License-Identifier: EPL-2.0
/**
 * The node's way to its registrar: registration with the MAF, the association key from it (TS-0003
 * clauses 8.2.2.3 and 8.8.2), and the session that this key keeps open.
 *
 * <p>Builds on {@code enrolment}; knows nothing of what travels over the association.
 */
@NullMarked
package org.mooring.asn.association;

import org.jspecify.annotations.NullMarked;
