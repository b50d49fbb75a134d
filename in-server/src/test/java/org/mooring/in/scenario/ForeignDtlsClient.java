// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.UDPTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.mooring.common.key.SecretKeyBytes;

/** A DTLS client on another stack, for what ours would never send. */
public final class ForeignDtlsClient extends PSKTlsClient {
  private static final int MTU = 1400;
  private static final int GIVE_UP_AFTER_MILLIS = 1_500;

  private final boolean extendedMasterSecret;

  /**
   * @param identity the psk_identity, any octets
   */
  public ForeignDtlsClient(byte[] identity, SecretKeyBytes key, boolean extendedMasterSecret) {
    super(
        new BcTlsCrypto(new SecureRandom()), new BasicTlsPSKIdentity(identity, key.toByteArray()));
    this.extendedMasterSecret = extendedMasterSecret;
  }

  /**
   * Shakes hands and hangs up.
   *
   * @throws IOException if the handshake fails
   */
  public void connect(InetSocketAddress server) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      new DTLSClientProtocol().connect(this, new UDPTransport(socket, MTU)).close();
    }
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {CipherSuite.TLS_PSK_WITH_AES_128_CCM_8};
  }

  @Override
  public boolean shouldUseExtendedMasterSecret() {
    return extendedMasterSecret;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return GIVE_UP_AFTER_MILLIS;
  }
}
