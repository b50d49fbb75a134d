// SPDX-License-Identifier: EPL-2.0
/**
 * Request and response primitives with their parameters, content and status codes (TS-0004 clauses
 * 6.6 and 7.2), and the closed list of reasons to refuse one.
 *
 * <p>Knows nothing of CoAP's options, DTLS, resource types or storage: a binding carries these, it
 * does not shape them.
 */
@NullMarked
package org.mooring.common.primitive;

import org.jspecify.annotations.NullMarked;
