// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * libcoap's {@code coap-client}. It drops replies with critical options that it does not know, so
 * it can read what answers requests without oneM2M options only; its key is text.
 */
public final class LibcoapClient {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String SECONDS_TO_WAIT = "6";

  private final Path program;

  private LibcoapClient(Path program) {
    this.program = program;
  }

  /** The client built on OpenSSL, else on GnuTLS, if one is installed. */
  public static Optional<LibcoapClient> installed() {
    return Programs.find("coap-client-openssl", "coap-client-gnutls", "coap-client")
        .map(LibcoapClient::new);
  }

  /**
   * Sends one request over a PSK session of its own.
   *
   * @param method get, post, put or delete
   * @param uri {@code coaps://…}
   * @param arguments further ones, such as {@code -t 50 -e …}
   */
  public Programs.Outcome request(
      String identity, String key, String method, String uri, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "-B", SECONDS_TO_WAIT, "-m", method));
    command.addAll(List.of("-u", identity, "-k", key));
    command.addAll(List.of(arguments));
    command.add(uri);
    return Programs.run(PATIENCE, command);
  }
}
