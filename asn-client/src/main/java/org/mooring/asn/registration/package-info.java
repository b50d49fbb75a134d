// SPDX-License-Identifier: EPL-2.0
/**
 * CSE registration at the registrar: the node's {@code <remoteCSE>} there (TS-0001 clause 10.2.2.7,
 * TS-0004 clause 7.4.4), and the rules by which the CSE is a registrar itself (TS-0004 clause
 * 7.3.2.7).
 *
 * <p>Builds on the association; knows nothing of keys.
 */
@NullMarked
package org.mooring.asn.registration;

import org.jspecify.annotations.NullMarked;
