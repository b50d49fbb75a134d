// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import org.mooring.common.identifier.KeyIdentifier;

/**
 * What a client shows and proves in a handshake with a raw public key of its own (RFC 7250).
 *
 * @param identity under which the server knows the key
 * @param own the client's key pair
 * @param server by what it knows the server
 */
public record RawPublicKeyCredential(KeyIdentifier identity, RawKeyPair own, ServerTrust server)
    implements EndpointCredential {}
