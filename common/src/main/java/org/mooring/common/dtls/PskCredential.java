// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a client shows and proves in a PSK handshake.
 *
 * @param identity sent in clear as psk_identity
 * @param key the whole pre-shared key
 */
public record PskCredential(KeyIdentifier identity, SecretKeyBytes key)
    implements EndpointCredential {}
