// SPDX-License-Identifier: EPL-2.0
/**
 * What an MN-CSE does between the CSEs below it and its registrar: it asks for the keys that they
 * come with (TS-0003 clause 8.8.2.8), tells the registrar of them ({@code dcse}, TS-0001 clause
 * 10.2.2.7) and forwards their requests (TS-0004 clause 7.3.2.6). Of AEs that register here it asks
 * the registrar (TS-0001 clause 10.2.2.2).
 *
 * <p>Its own way to the registrar is {@code org.mooring.asn.Node}'s. Knows nothing of SQL or CoAP.
 */
@NullMarked
package org.mooring.in.gateway;

import org.jspecify.annotations.NullMarked;
