// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.ResponsePrimitive;

class SharedReceiverTest {
  private static final int CLIENTS = 100;

  private final Fixture room = new Fixture();
  private final EndpointExecutors threads = EndpointExecutors.createWithReceiver("shared", 2);
  private final DtlsEndpointFactory clients =
      DtlsEndpointFactory.create(EndpointTimers.DEFAULT, Serialization.CBOR, threads, false);

  @AfterEach
  void close() {
    clients.close();
    threads.close();
    room.close();
  }

  @Test
  void manyClientsExchangeRequestsWithoutAThreadEach() {
    openOne("first");
    int before = Thread.activeCount();
    List<SecureEndpoint> opened = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      opened.add(open("node-" + i));
    }

    List<CompletableFuture<ResponsePrimitive>> answers =
        opened.stream()
            .map(client -> client.send(Fixture.retrieve("r")).toCompletableFuture())
            .toList();

    answers.forEach(answer -> assertThat(Fixture.await(answer).requestId()).isEqualTo("r"));
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 5);
  }

  @Test
  void countsWhatPassedTheSocketsOfAllClients() {
    SecureEndpoint one = openOne("node-1");
    SecureEndpoint other = openOne("node-2");

    TrafficMeter.Reading sum = one.traffic().plus(other.traffic());
    assertThat(clients.traffic()).isEqualTo(sum);
    assertThat(sum.handshakes()).isEqualTo(2);
    assertThat(sum.datagrams()).isGreaterThanOrEqualTo(2 * (6 + 2));
  }

  @Test
  void aClosedClientSaysGoodbyeAndFreesItsPort() {
    SecureEndpoint client = openOne("node-1");
    int sockets = openFiles();

    client.close();

    await().until(() -> room.observer.closed.size() == 1);
    await().until(() -> openFiles() < sockets);
  }

  @Test
  void aClosedReceiverTakesNoFurtherClient() {
    Objects.requireNonNull(threads.receiver()).close();

    assertThatThrownBy(() -> open("node-1")).isInstanceOf(UncheckedIOException.class);
  }

  private SecureEndpoint open(String name) {
    return clients.open(room.address(), Fixture.SERVER_NAME, room.enrol(name));
  }

  private SecureEndpoint openOne(String name) {
    SecureEndpoint client = open(name);
    Fixture.await(client.send(Fixture.retrieve("r")));
    return client;
  }

  private static int openFiles() {
    String[] descriptors = new File("/proc/self/fd").list();
    Assumptions.assumeTrue(descriptors != null, "no /proc/self/fd here");
    return descriptors.length;
  }
}
