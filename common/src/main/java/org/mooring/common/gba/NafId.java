// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The identifier of an application function that shares a key with a node by GBA, NAF_Id (TS 33.220
 * clause 4.5.3 and annex H): its FQDN and the five octets of the Ua security protocol, here 01 00
 * 01 C0 A8, (D)TLS with {@code TLS_PSK_WITH_AES_128_CCM_8}.
 *
 * <p>That is the cipher suite which TS-0003 clause 10.2.2 has everybody support, and it stands here
 * whichever one a handshake settles on: the key has to be known before. TS-0003 clause 8.3.2.3
 * leaves the Ua security protocol open.
 *
 * @param fqdn the MEF's or MAF's FQDN, or the public domain name of a CSE-ID (TS-0003 clause
 *     8.3.2.3)
 */
public record NafId(Fqdn fqdn) {
  private static final byte[] UA_SECURITY_PROTOCOL = {0x01, 0x00, 0x01, (byte) 0xC0, (byte) 0xA8};

  /** The five octets of the Ua security protocol, as 10 hex digits. */
  public static String uaSecurityProtocol() {
    return HexFormat.of().formatHex(UA_SECURITY_PROTOCOL);
  }

  /** The octets that enter a derivation. */
  public byte[] octets() {
    return Octets.joined(fqdn.value().getBytes(StandardCharsets.UTF_8), UA_SECURITY_PROTOCOL);
  }

  /**
   * Ks_NAF, the key that a node and this function share.
   *
   * @param sessionKey Ks
   * @param rand of the bootstrapping
   */
  public SecretKeyBytes key(SecretKeyBytes sessionKey, Rand rand, Impi impi) {
    return KeyLadder.nafSpecific(sessionKey, rand.octets(), impi.toString(), octets());
  }
}
