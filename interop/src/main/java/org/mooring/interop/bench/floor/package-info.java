// SPDX-License-Identifier: EPL-2.0
/**
 * What Mooring adds to its transport: an enrolment against the server with everything on, and the
 * same handshakes and exchanges against bare Californium with empty handlers and no disk.
 */
@NullMarked
package org.mooring.interop.bench.floor;

import org.jspecify.annotations.NullMarked;
