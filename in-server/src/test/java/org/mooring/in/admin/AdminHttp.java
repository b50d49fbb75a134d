// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** Speaks to an admin API as any HTTP client does. */
final class AdminHttp {
  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningAdmin admin;

  AdminHttp(RunningAdmin admin) {
    this.admin = admin;
  }

  /** What the API answered. */
  record Answer(int status, Attributes body) {
    String error() {
      return body.text("error").orElse("");
    }
  }

  /** How many elements a list has. */
  static long items(Attributes body, String name) {
    return ((AttributeValue.Items) body.get(name).orElseThrow()).values().size();
  }

  Answer get(String path) throws Exception {
    return send(authorized(path));
  }

  Answer post(String path, String body) throws Exception {
    return send(authorized(path).POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + admin.folder().readToken().orElseThrow());
  }

  URI uri(String path) {
    int port = admin.folder().readPorts().orElseThrow().http();
    return URI.create("http://127.0.0.1:" + port + path);
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(), ContentCodec.readAttributes(Serialization.JSON, response.body()));
  }
}
