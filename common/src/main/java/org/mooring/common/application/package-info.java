// SPDX-License-Identifier: EPL-2.0
/**
 * The token that lets instances of an application in, as its issuer writes and a node reads it.
 *
 * <p>Knows identifiers, keys and the codec; nothing of sessions, signatures or storage.
 */
@NullMarked
package org.mooring.common.application;

import org.jspecify.annotations.NullMarked;
