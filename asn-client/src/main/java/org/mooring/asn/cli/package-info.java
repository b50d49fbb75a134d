// SPDX-License-Identifier: EPL-2.0
/**
 * The command line of the ASN client: it puts a node together from options, a vault and sockets,
 * and reports its life to people and machines.
 *
 * <p>The only room with reflection (picocli's). Nothing depends on it.
 */
@NullMarked
package org.mooring.asn.cli;

import org.jspecify.annotations.NullMarked;
