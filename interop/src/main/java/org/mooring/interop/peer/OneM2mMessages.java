// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.mooring.interop.peer.RawCoap.Option;

/**
 * Writes oneM2M requests in JSON as CoAP messages (TS-0008, option numbers since V3.7.0) and reads
 * what matters of the answers, without the codecs of {@code common}.
 */
public final class OneM2mMessages {
  /** Response Status Code. */
  public static final int RSC = 307;

  private static final int URI_PATH = 11;
  private static final int CONTENT_FORMAT = 12;
  private static final int URI_QUERY = 15;
  private static final int ACCEPT = 17;
  private static final int TY = 267;
  private static final int RVI = 271;
  private static final int FR = 279;
  private static final int RQI = 283;
  private static final int JSON = 50;

  /**
   * Four octets, so that a confirmable message begins with the letter {@code D}: s_client takes
   * some other letters for commands.
   */
  private static final int TOKEN_OCTETS = 4;

  private final String from;
  private final String run;
  private final AtomicInteger sent;

  /**
   * @param from the From parameter of every request, not sent where empty
   * @param run begins every Request Identifier; a repeated one means a repeated request
   */
  public OneM2mMessages(String from, String run) {
    this(from, run, new AtomicInteger());
  }

  private OneM2mMessages(String from, String run, AtomicInteger sent) {
    this.from = from;
    this.run = run;
    this.sent = sent;
  }

  /** The same with another From: message ids go on, so that both may use one socket. */
  public OneM2mMessages as(String otherFrom) {
    return new OneM2mMessages(otherFrom, run, sent);
  }

  /** CREATE of a resource type with JSON content. */
  public RawCoap create(String path, int resourceType, String content) {
    List<Option> options = new ArrayList<>(List.of(Option.number(TY, resourceType)));
    return request(RawCoap.POST, path, options, content);
  }

  public RawCoap retrieve(String path) {
    return request(RawCoap.GET, path, new ArrayList<>(), "");
  }

  public RawCoap update(String path, String content) {
    return request(RawCoap.PUT, path, new ArrayList<>(), content);
  }

  public RawCoap delete(String path) {
    return request(RawCoap.DELETE, path, new ArrayList<>(), "");
  }

  /** NOTIFY with JSON content. */
  public RawCoap notify(String path, String content) {
    return request(RawCoap.POST, path, new ArrayList<>(), content);
  }

  private RawCoap request(int method, String path, List<Option> options, String content) {
    int number = sent.incrementAndGet();
    String[] pathAndQuery = path.split("\\?", 2);
    for (String segment : pathAndQuery[0].split("/", -1)) {
      options.add(Option.text(URI_PATH, segment));
    }
    if (pathAndQuery.length > 1) {
      for (String query : pathAndQuery[1].split("&", -1)) {
        options.add(Option.text(URI_QUERY, query));
      }
    }
    if (!from.isEmpty()) {
      options.add(Option.text(FR, from));
    }
    options.add(Option.text(RQI, run + "-" + number));
    options.add(Option.text(RVI, "3"));
    options.add(Option.number(ACCEPT, JSON));
    if (!content.isEmpty()) {
      options.add(Option.number(CONTENT_FORMAT, JSON));
    }
    byte[] token = ByteBuffer.allocate(TOKEN_OCTETS).putInt(number).array();
    return new RawCoap(
        RawCoap.Type.CON, method, number, token, options, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The Response Status Code of an answer. */
  public static OptionalInt statusOf(RawCoap answer) {
    return answer
        .option(RSC)
        .map(rsc -> OptionalInt.of(rsc.asNumber()))
        .orElse(OptionalInt.empty());
  }
}
