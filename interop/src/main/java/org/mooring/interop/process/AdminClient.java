// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.admin.DataFolder;

/** Asks the admin API of the server that runs on a data folder. */
public final class AdminClient {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DataFolder folder;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  public AdminClient(DataFolder folder) {
    this.folder = folder;
  }

  /** Adds an enrolee; the answer has {@code kpmId}, {@code csi}, {@code nodeId} and {@code kpm}. */
  public Attributes addEnrolee(Attributes order) {
    return post("/v1/enrolees", order);
  }

  /** Adds all enrolees or none; the answers stand in the order of the orders. */
  public List<Attributes> importEnrolees(List<Attributes> orders) {
    AttributeValue list =
        new AttributeValue.Items(
            orders.stream().<AttributeValue>map(AttributeValue.Members::new).toList());
    return documents(
        post("/v1/enrolees:import", Attributes.builder().put("enrolees", list).build()),
        "enrolees");
  }

  /** The enrolee with the keys it has. */
  public Attributes showEnrolee(String kpmId) {
    return get("/v1/enrolees/" + escaped(kpmId));
  }

  public Attributes revokeEnrolee(String kpmId) {
    return post("/v1/enrolees/" + escaped(kpmId) + ":revoke", Attributes.NONE);
  }

  /** Ends the subscription now. */
  public Attributes endEnrolee(String kpmId) {
    return post("/v1/enrolees/" + escaped(kpmId) + ":end", Attributes.NONE);
  }

  /** Has the subscription end at another time. */
  public Attributes extendEnrolee(String kpmId, Instant until) {
    return post(
        "/v1/enrolees/" + escaped(kpmId) + ":extend",
        Attributes.builder().put("until", until.toString()).build());
  }

  /** Revokes a key by its psk_identity. */
  public Attributes revokeKey(String identity) {
    return post("/v1/keys/" + escaped(identity) + ":revoke", Attributes.NONE);
  }

  /** The MEF client commands of an enrolee, in the order of its queue. */
  public List<Attributes> commands(String kpmId) {
    return documents(get("/v1/enrolees/" + escaped(kpmId) + "/commands"), "commands");
  }

  /** Makes a profile of a service subscription. */
  public Attributes createProfile(String profile) {
    return post("/v1/subscriptions", Attributes.builder().put("name", profile).build());
  }

  /** Makes a rule with {@code credentials}, {@code apps} and {@code aes}, or changes it. */
  public Attributes setRule(String rule, Attributes elements) {
    return post("/v1/subscriptions/" + escaped(rule) + ":rule", elements);
  }

  /** Has rules of a profile decide who may register with the IN-CSE. */
  public Attributes linkRules(String profile, List<String> rules) {
    return post(
        "/v1/subscriptions/" + escaped(profile) + ":link",
        Attributes.builder().put("rules", rules).build());
  }

  /** Tells what was decided by an entry of the audit log, and what would be now. */
  public Attributes explain(long entry) {
    return post("/v1/subscriptions:explain", Attributes.builder().put("entry", entry).build());
  }

  public Attributes status() {
    return get("/v1/status");
  }

  /** The newest entries of the audit log, the oldest of them first. */
  public List<Attributes> audit(int limit) {
    return documents(get("/v1/audit?limit=" + limit), "entries");
  }

  /** Checks the audit log's chain. */
  public Attributes verifyAudit() {
    return post("/v1/audit:verify", Attributes.NONE);
  }

  private static List<Attributes> documents(Attributes answer, String name) {
    return answer.get(name).stream()
        .filter(AttributeValue.Items.class::isInstance)
        .flatMap(list -> ((AttributeValue.Items) list).values().stream())
        .map(document -> ((AttributeValue.Members) document).attributes())
        .toList();
  }

  private static String escaped(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8);
  }

  private Attributes get(String path) {
    return exchange(request(path).GET());
  }

  private Attributes post(String path, Attributes body) {
    byte[] json =
        body.isEmpty() ? new byte[0] : ContentCodec.writeAttributes(Serialization.JSON, body);
    return exchange(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  private HttpRequest.Builder request(String path) {
    int port = folder.readPorts().orElseThrow(() -> new IllegalStateException("no ports")).http();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + folder.readToken().orElse(""));
  }

  private Attributes exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "admin API: "
                + answer.statusCode()
                + " "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return ContentCodec.readAttributes(Serialization.JSON, answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("admin API", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
