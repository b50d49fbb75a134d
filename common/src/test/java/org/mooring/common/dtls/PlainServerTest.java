// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

class PlainServerTest {
  private static final int MAX_BODY_OCTETS = 600;
  private static final int FIRST_BLOCK_OCTETS = 35;
  private static final long ANSWER_WITHIN_MILLIS = 10_000;

  private final List<RequestHandler.Inbound> requests = new CopyOnWriteArrayList<>();
  private final PlainServer server =
      PlainServer.start(
          Fixture.loopback(0),
          MAX_BODY_OCTETS,
          inbound -> {
            requests.add(inbound);
            return CompletableFuture.completedFuture(
                ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId()));
          });
  private final Configuration configuration = DtlsProfile.coap(Fixture.FAST, 1 << 21);
  private final CoapEndpoint client =
      CoapEndpoint.builder().setConfiguration(configuration).setPort(0).build();

  @BeforeEach
  void setUp() throws IOException {
    client.start();
  }

  @AfterEach
  void tearDown() {
    client.destroy();
    server.close();
  }

  @Test
  void requestsCarryNoSession() throws Exception {
    Request request = Request.newGet();
    request.setURI("coap://127.0.0.1:" + server.port() + "/cse-in");
    client.sendRequest(request);

    assertThat(request.waitForResponse(ANSWER_WITHIN_MILLIS).getCode())
        .isEqualTo(ResponseCode.CONTENT);
    assertThat(requests.get(0).session()).isEmpty();
    await().until(() -> server.traffic().datagrams() == 2);
  }

  @Test
  void aBodyTooLargeIsAnsweredWith413WhetherInBlocksOrInOneDatagram() throws Exception {
    assertThat(post("/cse-in", 1 << 20).getCode()).isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
    assertThat(post("/cse-in", MAX_BODY_OCTETS + 1).getCode())
        .isEqualTo(ResponseCode.REQUEST_ENTITY_TOO_LARGE);
    assertThat(requests).isEmpty();
  }

  @Test
  void aRequestThatCanNotBeReadIsAnsweredInItsStyle() throws Exception {
    Response answer = post("/cse-in", 5);

    assertThat(answer.getCode()).isEqualTo(ResponseCode.BAD_REQUEST);
    assertThat(answer.getPayloadString()).contains("m2m:dbg");
    assertThat(requests).isEmpty();
  }

  @Test
  void unfinishedBodiesTakeABoundedShareOfTheHeap() throws Exception {
    int bodies = 600;
    try (PlainServer large =
        PlainServer.start(
            Fixture.loopback(0),
            1 << 20,
            inbound -> {
              throw new AssertionError("no body was finished");
            })) {
      long before = usedHeap();
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.setSoTimeout((int) ANSWER_WITHIN_MILLIS);
        socket.connect(Fixture.loopback(large.port()));
        for (int i = 0; i < bodies; i++) {
          socket.send(new DatagramPacket(firstOfManyBlocks(i), FIRST_BLOCK_OCTETS));
          DatagramPacket answer = new DatagramPacket(new byte[100], 100);
          socket.receive(answer);
          assertThat(answer.getData()[1]).isEqualTo((byte) ResponseCode.CONTINUE.value);
        }
      }

      assertThat(usedHeap() - before).isLessThan(100L << 20);
    }
  }

  /** POST /nnnnnnn in JSON, Block1 0/1/16. */
  private static byte[] firstOfManyBlocks(int number) {
    return ByteBuffer.allocate(FIRST_BLOCK_OCTETS)
        .put(new byte[] {0x41, 0x02})
        .putShort((short) number)
        .put((byte) 0)
        .put((byte) 0xB7)
        .put(String.format(Locale.ROOT, "%07d", number).getBytes(UTF_8))
        .put(new byte[] {0x11, MediaTypeRegistry.APPLICATION_JSON})
        .put(new byte[] {(byte) 0xD1, 0x02, 0x08})
        .put((byte) 0xFF)
        .put(new byte[16])
        .array();
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private Response post(String path, int octets) throws InterruptedException {
    Request request = Request.newPost();
    request.setURI("coap://127.0.0.1:" + server.port() + path);
    request.getOptions().setContentFormat(MediaTypeRegistry.APPLICATION_JSON);
    request.setPayload("x".repeat(octets));
    client.sendRequest(request);
    return request.waitForResponse(ANSWER_WITHIN_MILLIS);
  }
}
