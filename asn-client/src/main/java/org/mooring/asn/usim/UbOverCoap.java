// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.UbAddress;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.PlainClient;
import org.mooring.common.dtls.PlainMessage;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.gba.UbContent;

/** Ub over CoAP, as {@link UbContent} has it. */
final class UbOverCoap implements Ub {
  private static final int CHANGED = 204;
  private static final int OK = 200;

  private final PlainClient client;

  private UbOverCoap(PlainClient client) {
    this.client = client;
  }

  static UbOverCoap open(UbAddress address) {
    InetSocketAddress server = new InetSocketAddress(address.host(), address.port());
    if (server.isUnresolved()) {
      throw new IllegalStateException("the name " + address.host() + " does not resolve");
    }
    return new UbOverCoap(PlainClient.open(server, UbContent.PATH, EndpointTimers.DEFAULT));
  }

  @Override
  public CompletionStage<Reply> ask(String authorization) {
    return client.post(UbContent.of(authorization).payload()).thenApply(UbOverCoap::reply);
  }

  private static Reply reply(PlainMessage answer) {
    UbContent content = UbContent.read(answer.payload());
    int status = answer.code() == CHANGED ? OK : answer.code();
    return new Reply(status, content.field(), content.document());
  }

  @Override
  public TrafficMeter.Reading traffic() {
    return client.traffic();
  }

  @Override
  public void close() {
    client.close();
  }
}
