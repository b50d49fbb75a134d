// SPDX-License-Identifier: EPL-2.0
/**
 * What a handshake with certificates costs the server, with the provider it chose for elliptic
 * curves and with the JDK's own.
 */
@NullMarked
package org.mooring.interop.bench.curves;

import org.jspecify.annotations.NullMarked;
