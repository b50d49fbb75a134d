// SPDX-License-Identifier: EPL-2.0
/**
 * Walks of whole processes: the two jars, peers of others, a relay that stops them, and what each
 * run leaves behind.
 *
 * <p>Knows the programs by their command lines, ports and files; the server's database and the
 * node's vault are read only to look, never to help.
 */
@NullMarked
package org.mooring.interop.walk;

import org.jspecify.annotations.NullMarked;
