// SPDX-License-Identifier: EPL-2.0
/**
 * Who asks, and whether they may: the principal of a session and the checks in front of every
 * resource (TS-0003 clauses 7.1 and 7.2, TS-0004 clause 7.3.2.1).
 *
 * <p>Access control rules are read once and strictly, and decided by in a pure function; who keeps
 * them and which of them apply, the rooms above know. Identity comes from the session, never from
 * {@code From}. Knows nothing of SQL or CoAP.
 */
@NullMarked
package org.mooring.in.authz;

import org.jspecify.annotations.NullMarked;
