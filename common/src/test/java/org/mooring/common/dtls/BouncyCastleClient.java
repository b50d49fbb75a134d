// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.bouncycastle.tls.BasicTlsPSKIdentity;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.UDPTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.SecretKeyBytes;

/** A DTLS client on another stack, which can also leave things out that ours never would. */
public final class BouncyCastleClient extends PSKTlsClient implements AutoCloseable {
  private static final int MTU = 1400;
  private static final int GIVE_UP_AFTER_MILLIS = 2_000;

  private final DatagramSocket socket;
  private final boolean extendedMasterSecret;
  private byte[] exported = {};
  private byte[] channelBinding = {};

  /**
   * A client that connects once.
   *
   * @param identity the psk_identity, any octets
   * @param extendedMasterSecret whether to offer it
   */
  public BouncyCastleClient(byte[] identity, SecretKeyBytes key, boolean extendedMasterSecret)
      throws IOException {
    super(
        new BcTlsCrypto(new SecureRandom()), new BasicTlsPSKIdentity(identity, key.toByteArray()));
    this.extendedMasterSecret = extendedMasterSecret;
    this.socket = new DatagramSocket();
  }

  /**
   * Shakes hands.
   *
   * @throws IOException if that fails or nobody answers within 2 s
   */
  public DTLSTransport connect(InetSocketAddress server) throws IOException {
    socket.connect(server);
    return new DTLSClientProtocol().connect(this, new UDPTransport(socket, MTU));
  }

  /** 48 octets with the label of a bootstrap. */
  byte[] exported() {
    return exported;
  }

  byte[] channelBinding() {
    return channelBinding;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    exported =
        context.exportKeyingMaterial(
            ExporterLabel.BOOTSTRAP.text(), null, KeyLadder.EXPORTED_LENGTH);
    channelBinding = context.exportKeyingMaterial("EXPORTER-Channel-Binding", new byte[0], 32);
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

  @Override
  public void close() {
    socket.close();
  }
}
