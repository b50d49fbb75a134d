// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.mooring.interop.relay.RelayedDatagram.Direction;
import org.mooring.interop.relay.RelayedDatagram.Kind;

class DatagramClassifierTest {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  private static final InetSocketAddress OTHER_CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_001);
  private static final int CCM_8 = 16;

  private final DatagramClassifier classifier = new DatagramClassifier();

  @Test
  void tellsTheDatagramsOfAHandshakeApart() {
    assertThat(toServer(handshake(1))).isEqualTo(Kind.CLIENT_HELLO);
    assertThat(toClient(handshake(3))).isEqualTo(Kind.FLIGHT);
    assertThat(toServer(handshake(1))).isEqualTo(Kind.CLIENT_HELLO);
    assertThat(toClient(handshake(2))).isEqualTo(Kind.FLIGHT);
    assertThat(toServer(joined(handshake(16), record(20, 0, 1), record(22, 1, 24 + CCM_8))))
        .isEqualTo(Kind.FINISHED);
    assertThat(toClient(joined(record(20, 0, 1), record(22, 1, 24 + CCM_8))))
        .isEqualTo(Kind.FINISHED);
    assertThat(classifier.completedHandshakes()).isEqualTo(1);
  }

  @Test
  void recognisesAFinishedThatTravelsAloneUnderAConnectionId() {
    toServer(handshake(1));

    assertThat(toServer(withConnectionId(24 + 1 + CCM_8))).isEqualTo(Kind.FINISHED);
  }

  @Test
  void numbersExchangesAndKeepsTheNumberOfARepeatedRequest() {
    shakeHands(CLIENT);
    ByteBuffer request = withConnectionId(60);

    assertThat(numberOf(Direction.TO_SERVER, request)).isEqualTo(1);
    assertThat(numberOf(Direction.TO_SERVER, request)).isEqualTo(1);
    assertThat(numberOf(Direction.TO_CLIENT, record(23, 1, 60))).isEqualTo(1);
    assertThat(numberOf(Direction.TO_SERVER, request)).isEqualTo(2);
  }

  @Test
  void takesEmptyMessagesAndAlertsForNoRequests() {
    shakeHands(CLIENT);

    assertThat(toServer(withConnectionId(4 + 1 + CCM_8))).isEqualTo(Kind.ACKNOWLEDGEMENT);
    assertThat(toClient(record(23, 1, 4 + CCM_8))).isEqualTo(Kind.ACKNOWLEDGEMENT);
    assertThat(toServer(withConnectionId(2 + 1 + CCM_8))).isEqualTo(Kind.ALERT);
    assertThat(toClient(record(21, 1, 2 + CCM_8))).isEqualTo(Kind.ALERT);
  }

  @Test
  void numbersHandshakesOverAllClients() {
    shakeHands(CLIENT);

    RelayedDatagram hello = classifier.classify(OTHER_CLIENT, Direction.TO_SERVER, handshake(1));

    assertThat(hello.number()).isEqualTo(2);
    assertThat(classifier.completedHandshakes()).isEqualTo(1);
  }

  @Test
  void leavesWhatIsNotDtlsAlone() {
    assertThat(toServer(ByteBuffer.wrap(new byte[] {0x40, 1, 2, 3}))).isEqualTo(Kind.OTHER);
    assertThat(toServer(ByteBuffer.wrap(new byte[] {25, 1, 2, 3}))).isEqualTo(Kind.OTHER);
  }

  private void shakeHands(InetSocketAddress client) {
    classifier.classify(client, Direction.TO_SERVER, handshake(1));
    classifier.classify(client, Direction.TO_SERVER, record(22, 1, 40));
    classifier.classify(client, Direction.TO_CLIENT, record(22, 1, 40));
  }

  private Kind toServer(ByteBuffer datagram) {
    return classifier.classify(CLIENT, Direction.TO_SERVER, datagram).kind();
  }

  private Kind toClient(ByteBuffer datagram) {
    return classifier.classify(CLIENT, Direction.TO_CLIENT, datagram).kind();
  }

  private int numberOf(Direction direction, ByteBuffer datagram) {
    return classifier.classify(CLIENT, direction, datagram).number();
  }

  private static ByteBuffer handshake(int type) {
    ByteBuffer record = record(22, 0, 40);
    return record.put(13, (byte) type);
  }

  private static ByteBuffer record(int type, int epoch, int length) {
    ByteBuffer record = ByteBuffer.allocate(13 + length);
    record.put((byte) type).putShort((short) 0xFEFD).putShort((short) epoch);
    return record.position(11).putShort((short) length).rewind();
  }

  private static ByteBuffer withConnectionId(int length) {
    ByteBuffer record = ByteBuffer.allocate(13 + 6 + length);
    record.put((byte) 25).putShort((short) 0xFEFD).putShort((short) 1);
    return record.position(17).putShort((short) length).rewind();
  }

  private static ByteBuffer joined(ByteBuffer... records) {
    ByteBuffer joined = ByteBuffer.allocate(1_000);
    for (ByteBuffer record : records) {
      joined.put(record);
    }
    return joined.flip();
  }
}
