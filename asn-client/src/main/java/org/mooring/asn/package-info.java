// SPDX-License-Identifier: EPL-2.0
/**
 * A node's life: which procedure comes next, with which credential, and when again after a failure.
 *
 * <p>A library: thousands of nodes can share one scheduler, since none holds a thread while it
 * waits. Knows nothing of files, terminals or the Mca reference point.
 */
@NullMarked
package org.mooring.asn;

import org.jspecify.annotations.NullMarked;
