// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * coap-cli from npm: plain CoAP. It exits 0 whatever the answer; the code stands on standard error
 * as {@code (2.05)}, the payload on standard output.
 */
public final class CoapCli {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path program;

  private CoapCli(Path program) {
    this.program = program;
  }

  /**
   * The program, if {@code npm ci} was run in the module's folder.
   *
   * @param interop that folder
   */
  public static Optional<CoapCli> installed(Path interop) {
    Path program = interop.resolve("node_modules/.bin/coap").toAbsolutePath();
    return Programs.find("node").isPresent() && Files.isExecutable(program)
        ? Optional.of(new CoapCli(program))
        : Optional.empty();
  }

  /**
   * Sends one request.
   *
   * @param method get, post, put or delete
   * @param uri {@code coap://…}; its query is dropped
   * @param arguments further ones, such as {@code -O 267,0x02 -p …}
   */
  public Programs.Outcome request(String method, String uri, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString(), method));
    command.addAll(List.of(arguments));
    command.add(uri);
    return Programs.run(PATIENCE, command);
  }

  /** The command as a reader would type it. */
  public static String asTyped(String method, String uri, String... arguments) {
    StringBuilder typed = new StringBuilder("coap " + method);
    Stream.concat(Stream.of(arguments), Stream.of(uri))
        .forEach(
            argument ->
                typed.append(
                    argument.matches("[-\\w.,:/~@]+") ? " " + argument : " '" + argument + "'"));
    return typed.toString();
  }
}
