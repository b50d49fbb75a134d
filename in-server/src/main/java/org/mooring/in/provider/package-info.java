// SPDX-License-Identifier: EPL-2.0
/**
 * Who this server is: the provider, the names of its functions and the lives it grants.
 *
 * <p>Knows identifiers and nothing else.
 */
@NullMarked
package org.mooring.in.provider;

import org.jspecify.annotations.NullMarked;
