// SPDX-License-Identifier: EPL-2.0
/**
 * What enrolment costs on the wire, Mooring's and Leshan's: everything passes the same relay, which
 * counts datagrams, their octets and handshakes without any key.
 */
@NullMarked
package org.mooring.interop.bench.wire;

import org.jspecify.annotations.NullMarked;
