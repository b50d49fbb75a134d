// SPDX-License-Identifier: EPL-2.0
/**
 * Certificates as TS-0003 clauses 8.1.2 and 10.1.1 use them: whom one names, and whether it holds.
 * Knows identifiers and the JDK alone, neither handshakes nor who may do what.
 */
@NullMarked
package org.mooring.common.certificate;

import org.jspecify.annotations.NullMarked;
