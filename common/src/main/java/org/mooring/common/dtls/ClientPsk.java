// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** Gives Scandium the one credential of a client's endpoint. */
final class ClientPsk implements AdvancedPskStore {
  private final PskCredential credential;
  private final PskPublicInformation identity;

  ClientPsk(PskCredential credential) {
    this.credential = credential;
    this.identity = new PskPublicInformation(credential.identity().toString());
  }

  @Override
  public boolean hasEcdhePskSupported() {
    return true;
  }

  @Override
  public PskPublicInformation getIdentity(
      InetSocketAddress peer, @Nullable ServerNames virtualHost) {
    return identity;
  }

  @Override
  public PskSecretResult requestPskSecretResult(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      PskPublicInformation shown,
      String hmacAlgorithm,
      @Nullable SecretKey otherSecret,
      byte[] seed,
      boolean useExtendedMasterSecret) {
    byte[] octets = credential.key().toByteArray();
    try {
      SecretKey secret = SecretUtil.create(octets, PskSecretResult.ALGORITHM_PSK);
      return new PskSecretResult(connection, shown, secret);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    // every result is given on the spot
  }
}
