// SPDX-License-Identifier: EPL-2.0
/**
 * Bytes to primitives and back: the streaming JSON and CBOR codec (TS-0004 clauses 8.4 and 8.5) and
 * the CoAP binding with both generations of its options (TS-0008 clause 6).
 *
 * <p>May know CoAP messages; knows nothing of sessions, credentials or what a request means.
 */
@NullMarked
package org.mooring.common.codec;

import org.jspecify.annotations.NullMarked;
