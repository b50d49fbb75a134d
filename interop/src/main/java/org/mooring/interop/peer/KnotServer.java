// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mooring.interop.process.JarProcess;

/**
 * Knot DNS with one zone, {@code sp.example.org}, on a port of the loopback. Who has its key may
 * change what stands below {@code id-in}, by dynamic updates.
 */
public final class KnotServer implements AutoCloseable {
  /** A name that somebody else has in the zone. */
  public static final String TAKEN = "taken.id-in.sp.example.org";

  /** The key's secret in base64, and where its name and algorithm stand before. */
  public static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  public static final String KEY = "mooring:hmac-sha256:b64:" + SECRET;

  private static final String ZONE =
      """
      $TTL 300
      @            SOA  ns hostmaster 1 3600 600 86400 300
      @            NS   ns
      ns           A    127.0.0.1
      taken.id-in  A    192.0.2.7
      """;

  private static final String CONFIGURATION =
      """
      server:
          rundir: "%1$s"
          listen: 127.0.0.1@%2$d
          tcp-workers: 1
          udp-workers: 1
          background-workers: 1
      log:
        - target: stdout
          any: info
      database:
          storage: "%1$s"
      key:
        - id: mooring
          algorithm: hmac-sha256
          secret: %3$s
      acl:
        - id: mooring-names
          key: mooring
          action: update
          update-type: [A, AAAA, TXT]
          update-owner: name
          update-owner-match: sub
          update-owner-name: [id-in]
      zone:
        - domain: sp.example.org
          storage: "%1$s"
          file: sp.example.org.zone
          acl: mooring-names
      """;

  private static final Duration START = Duration.ofSeconds(20);

  private final Path program;
  private final Path folder;
  private final int port;
  private Optional<JarProcess> process = Optional.empty();

  private KnotServer(Path program, Path folder, int port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
  }

  /** The server's program, if it is installed. */
  public static Optional<Path> program() {
    return Programs.find("knotd")
        .or(() -> Optional.of(Path.of("/usr/sbin/knotd")).filter(Files::isExecutable));
  }

  /**
   * A server that does not run yet.
   *
   * @param folder takes its settings, its zone and its log
   */
  public static KnotServer in(Path folder, Path program) {
    try {
      Path own = Files.createDirectories(folder).toAbsolutePath();
      int port = freePort();
      Files.writeString(own.resolve("knot.conf"), CONFIGURATION.formatted(own, port, SECRET));
      Files.writeString(own.resolve("sp.example.org.zone"), ZONE);
      return new KnotServer(program, own, port);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be used", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it, or starts it again with what the zone had; returns once it serves. */
  public KnotServer start() {
    List<String> command =
        List.of(program.toString(), "--config", folder.resolve("knot.conf").toString());
    JarProcess started = JarProcess.start(command, folder.resolve("knot.log"));
    process = Optional.of(started);
    var unused =
        started.await(
            START,
            "knotd to serve",
            lines -> lines.stream().filter(line -> line.contains("server started")).findFirst());
    return this;
  }

  /** Where it listens on the loopback, over UDP and TCP. */
  public int port() {
    return port;
  }

  /** Stops it; {@link #start} has it come back on the same port. */
  public void stop() {
    process.ifPresent(JarProcess::close);
    process = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }
}
