// SPDX-License-Identifier: EPL-2.0
/**
 * PSK credentials of every function in one index: their generations, their end, the look-up that a
 * handshake makes and the live sessions they opened.
 *
 * <p>Knows roles and principals; knows nothing of what a function does with a request.
 */
@NullMarked
package org.mooring.in.credential;

import org.jspecify.annotations.NullMarked;
