// SPDX-License-Identifier: EPL-2.0
/**
 * The nearest thing to Mooring that others wrote: Leshan's bootstrap followed by registration
 * (LwM2M), with the same cipher suite and as many clients, in turns with Mooring's enrolment.
 *
 * <p>The only package that knows Leshan.
 */
@NullMarked
package org.mooring.interop.bench.peer;

import org.jspecify.annotations.NullMarked;
