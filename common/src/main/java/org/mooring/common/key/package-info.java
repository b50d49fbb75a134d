// SPDX-License-Identifier: EPL-2.0
/**
 * Key bytes and every derivation between them (TS-0003 clause 10.3).
 *
 * <p>Knows identifiers, and nothing of sessions, resources or storage. Bytes leave {@link
 * org.mooring.common.key.SecretKeyBytes} only where a cipher, a handshake or a sealed record takes
 * them.
 */
@NullMarked
package org.mooring.common.key;

import org.jspecify.annotations.NullMarked;
