// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import org.mooring.common.identifier.RelativeKeyId;

/**
 * What one full handshake yields through the TLS exporter (TS-0003 clause 10.3.1).
 *
 * @param id the first 16 of the 48 exported octets
 * @param key the other 32
 */
public record ExportedKey(RelativeKeyId id, SecretKeyBytes key) {}
