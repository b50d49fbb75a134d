// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetSocketAddress;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.key.SecretKeyBytes;

/** One key for whoever comes, at once. */
final class AnyoneStore implements AdvancedPskStore {
  private final SecretKeyBytes key;

  AnyoneStore(SecretKeyBytes key) {
    this.key = key;
  }

  @Override
  public boolean hasEcdhePskSupported() {
    return false;
  }

  @Override
  public @Nullable PskPublicInformation getIdentity(
      InetSocketAddress peer, @Nullable ServerNames virtualHost) {
    return null;
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
    SecretKey secret = SecretUtil.create(key.toByteArray(), PskSecretResult.ALGORITHM_PSK);
    return new PskSecretResult(connection, shown, secret);
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    // every result is given on the spot
  }
}
