// SPDX-License-Identifier: EPL-2.0
/**
 * The node as a client of the trust functions: the client and key registrations that MEF and MAF
 * share (TS-0032, TS-0003 clauses 8.3.5 and 8.8.2), and bootstrapping at the MEF with them.
 *
 * <p>Knows the vault's state and one session at a time; nothing of when to do it or again.
 */
@NullMarked
package org.mooring.asn.enrolment;

import org.jspecify.annotations.NullMarked;
