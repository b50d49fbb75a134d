// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** What programs before this one wrote. */
final class OlderVault {
  private OlderVault() {}

  /** A state with one factory credential, as up to the third version. */
  static Attributes single(Attributes content) {
    var all =
        (AttributeValue.Items) content.members("factories").orElseThrow().get("all").orElseThrow();
    return content.toBuilder()
        .put("factory", all.values().get(0))
        .put("factories", Attributes.NONE)
        .build();
  }

  /** A file of such a version. */
  static byte[] sealed(int version, Seal seal, NodeState state) throws GeneralSecurityException {
    Attributes content =
        ContentCodec.readAttributes(Serialization.CBOR, NodeStateCodec.write(state));
    byte[] header = VaultHeader.of(version, seal).toByteArray();
    byte[] nonce = new byte[12];
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, seal.key().toSecretKey("AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(header);
    byte[] sealed =
        cipher.doFinal(ContentCodec.writeAttributes(Serialization.CBOR, single(content)));
    return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
        .put(header)
        .put(nonce)
        .put(sealed)
        .array();
  }
}
