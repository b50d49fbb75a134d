// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.admin.DataFolder;

/** Speaks to the server that runs on a data folder. */
final class AdminClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

  private final DataFolder folder;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  AdminClient(DataFolder folder) {
    this.folder = folder;
  }

  Attributes get(String path) {
    return call(request(path).GET());
  }

  Attributes post(String path, Attributes body) {
    byte[] json = ContentCodec.writeAttributes(Serialization.JSON, body);
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(json)));
  }

  /** One segment of a path, escaped. */
  static String segment(Object identifier) {
    return URLEncoder.encode(identifier.toString(), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    int port = folder.readPorts().orElseThrow(this::notRunning).http();
    String token =
        folder
            .readToken()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        folder.tokenFile() + ": can not be read; run this as the server's user"));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(ANSWER_TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  private Attributes call(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      Attributes document = ContentCodec.readAttributes(Serialization.JSON, response.body());
      if (response.statusCode() >= 300) {
        throw new CommandFailure(
            document.text("error").orElse("the server answered " + response.statusCode()),
            (int) document.whole("entry").orElse(0));
      }
      return document;
    } catch (IOException e) {
      throw notRunning();
    } catch (RefusedException e) {
      throw new CommandFailure(
          "the port in " + folder.portsFile() + " is no admin API; start the server with serve");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private CommandFailure notRunning() {
    return new CommandFailure(
        "no server runs on "
            + folder.path()
            + "; start one with serve --data "
            + folder.path()
            + " or name its folder with --data");
  }
}
