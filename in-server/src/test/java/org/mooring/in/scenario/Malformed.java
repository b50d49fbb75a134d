// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Operation;

/**
 * Octets of DTLS 1.2 (RFC 6347) and CoAP (RFC 7252), whole or with some of them changed; one seed
 * makes the same ones again.
 */
public final class Malformed {
  private static final int LONGEST = 1400;
  private static final int MOST_CHANGES = 6;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int HELLO_VERIFY_REQUEST = 3;
  private static final int CLIENT_KEY_EXCHANGE = 16;
  private static final byte[] PSK_CCM_8 = {(byte) 0xC0, (byte) 0xA8};

  /** Extended master secret, and an empty connection id. */
  private static final byte[] EXTENSIONS = {0, 0x17, 0, 0, 0, 0x36, 0, 1, 0};

  private final Random random;
  private final List<byte[]> requests;

  public Malformed(long seed) {
    this.random = new Random(seed);
    this.requests = requests();
  }

  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  public byte[] randomOctets(int most) {
    byte[] octets = new byte[random.nextInt(most)];
    random.nextBytes(octets);
    return octets;
  }

  public byte[] anything() {
    return randomOctets(LONGEST);
  }

  /** A first ClientHello, or with the cookie that the server asked for. */
  public byte[] clientHello(byte[] cookie) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] clientRandom = new byte[32];
    Arrays.fill(clientRandom, (byte) 7); // the cookie is bound to it
    body.writeBytes(new byte[] {(byte) 0xFE, (byte) 0xFD});
    body.writeBytes(clientRandom);
    body.write(0);
    body.write(cookie.length);
    body.writeBytes(cookie);
    body.writeBytes(new byte[] {0, (byte) PSK_CCM_8.length});
    body.writeBytes(PSK_CCM_8);
    body.writeBytes(new byte[] {1, 0, 0, (byte) EXTENSIONS.length});
    body.writeBytes(EXTENSIONS);
    int sequence = cookie.length == 0 ? 0 : 1;
    return record(HANDSHAKE, 0, sequence, message(CLIENT_HELLO, sequence, body.toByteArray()));
  }

  /** The cookie of a HelloVerifyRequest; empty where the datagram is another. */
  public static byte[] cookie(byte[] datagram, int length) {
    int at = 13 + 12 + 2;
    boolean asks = length > at && datagram[0] == HANDSHAKE && datagram[13] == HELLO_VERIFY_REQUEST;
    return asks ? Arrays.copyOfRange(datagram, at + 1, at + 1 + datagram[at]) : new byte[0];
  }

  /** ClientKeyExchange, ChangeCipherSpec and a Finished that no key has made. */
  public List<byte[]> secondFlight(String identity) {
    byte[] octets = identity.getBytes(StandardCharsets.UTF_8);
    byte[] exchange =
        ByteBuffer.allocate(2 + octets.length).putShort((short) octets.length).put(octets).array();
    byte[] finished = new byte[8 + 24 + 8];
    random.nextBytes(finished);
    return List.of(
        record(HANDSHAKE, 0, 2, message(CLIENT_KEY_EXCHANGE, 2, exchange)),
        record(CHANGE_CIPHER_SPEC, 0, 3, new byte[] {1}),
        record(HANDSHAKE, 1, 0, finished));
  }

  /** A record of any type and epoch around octets that mean nothing. */
  public byte[] anyRecord() {
    return record(18 + random.nextInt(10), random.nextInt(3), random.nextInt(9), randomOctets(200));
  }

  /** An Empty confirmable message, which is answered by a Reset. */
  public static byte[] ping(int messageId) {
    return new byte[] {0x40, 0, (byte) (messageId >> 8), (byte) messageId};
  }

  /** Whether an answer is the Reset with the ping's message id. */
  public static boolean isResetOf(byte[] ping, byte[] answer) {
    return Arrays.equals(answer, new byte[] {0x70, 0, ping[2], ping[3]});
  }

  public byte[] coapRequest() {
    byte[] request = requests.get(random.nextInt(requests.size())).clone();
    request[2] = (byte) random.nextInt();
    request[3] = (byte) random.nextInt();
    return request;
  }

  /** The octets with some of them changed, doubled, added or cut off. */
  public byte[] changed(byte[] octets) {
    byte[] changed = octets.clone();
    for (int i = random.nextInt(MOST_CHANGES) + 1; i > 0 && changed.length > 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed = Arrays.copyOf(changed, at);
        case 1 -> changed = inserted(changed, at, randomOctets(40));
        case 2 -> changed = inserted(changed, at, Arrays.copyOfRange(changed, at / 2, at));
        case 3 -> changed[at] = (byte) 0xFF;
        case 4 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        default -> changed[at] = (byte) random.nextInt();
      }
    }
    return changed.length > LONGEST ? Arrays.copyOf(changed, LONGEST) : changed;
  }

  private static byte[] inserted(byte[] octets, int at, byte[] more) {
    return ByteBuffer.allocate(octets.length + more.length)
        .put(octets, 0, at)
        .put(more)
        .put(octets, at, octets.length - at)
        .array();
  }

  private static byte[] record(int type, int epoch, int sequence, byte[] content) {
    return ByteBuffer.allocate(13 + content.length)
        .put((byte) type)
        .putShort((short) 0xFEFD)
        .putShort((short) epoch)
        .putShort((short) 0)
        .putInt(sequence)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  private static byte[] message(int type, int sequence, byte[] body) {
    return ByteBuffer.allocate(12 + body.length)
        .putInt(type << 24 | body.length)
        .putShort((short) sequence)
        .put(new byte[3])
        .put((byte) 0)
        .putShort((short) body.length)
        .put(body)
        .array();
  }

  private static List<byte[]> requests() {
    CoapBinding binding = new CoapBinding();
    Request create =
        binding.encodeRequest(NodeClient.clientRegistration(RunningServer.MEF), Serialization.JSON);
    Request retrieve =
        binding.encodeRequest(
            NodeClient.request(Operation.RETRIEVE, "/id-in/cse-in").build(), Serialization.CBOR);
    Request discovery = Request.newGet();
    discovery.getOptions().setUriPath(".well-known/core").setObserve(0);
    Request lastBlock = Request.newGet();
    lastBlock.getOptions().setUriPath(".well-known/core").setBlock2(0, false, 1);
    Request firstBlock = Request.newPost();
    firstBlock.getOptions().setUriPath("cse-in").setBlock1(2, true, 0);
    firstBlock.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_JSON);
    firstBlock.setPayload(new byte[64]);
    return List.of(
        octets(create), octets(retrieve), octets(discovery), octets(lastBlock), octets(firstBlock));
  }

  private static byte[] octets(Request request) {
    request.setType(CoAP.Type.CON);
    request.setMID(1);
    request.setToken(new Token(new byte[] {1, 2}));
    return new UdpDataSerializer().getByteArray(request);
  }
}
