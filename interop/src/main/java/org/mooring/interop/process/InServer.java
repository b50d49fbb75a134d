// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.in.admin.DataFolder;
import org.mooring.in.admin.Ports;

/** {@code in-server.jar serve} on a data folder. */
public final class InServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 10;

  private final Path data;
  private final JarProcess process;
  private final Ports ports;

  private InServer(Path data, JarProcess process) {
    this.data = data;
    this.process = process;
    this.ports = awaitPorts();
  }

  /**
   * How to start a server.
   *
   * @param jvm options for the Java runtime
   * @param options further options of {@code serve}
   */
  public record Settings(List<String> jvm, List<String> options) {
    public static final Settings DEFAULT = new Settings(List.of(), List.of());

    /** With a free port for nodes that bootstrap with a USIM. */
    public static final Settings WITH_UB = new Settings(List.of(), List.of("--ub-port", "0"));
  }

  /** Starts a server on free ports and returns once it answers. */
  public static InServer start(Jars jars, Path data, Settings settings) {
    return start(jars, data, new Ports(0, 0, 0), settings);
  }

  /** Starts a server that may be killed and restarted: nobody takes its ports meanwhile. */
  public static InServer startToComeBack(Jars jars, Path data, Settings settings) {
    return start(jars, data, StandingPorts.choose(), settings);
  }

  /** Starts a server anew on the data folder and the ports of this one, which has to be gone. */
  public InServer restart(Jars jars, Settings settings) {
    return start(jars, data, ports, settings);
  }

  private static InServer start(Jars jars, Path data, Ports ports, Settings settings) {
    new DataFolder(data).create().removePorts();
    List<String> arguments = new ArrayList<>(List.of("serve", "--data", data.toString()));
    arguments.addAll(List.of("--coaps-port", Integer.toString(ports.coaps())));
    arguments.addAll(List.of("--coap-port", Integer.toString(ports.coap())));
    arguments.addAll(List.of("--http-port", Integer.toString(ports.http())));
    arguments.addAll(settings.options());
    Path log = data.resolveSibling(data.getFileName() + ".log");
    return new InServer(data, JarProcess.start(jars.inServer(), settings.jvm(), arguments, log));
  }

  private Ports awaitPorts() {
    long deadline = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Optional<Ports> written = new DataFolder(data).readPorts();
      if (written.isPresent()) {
        return written.get();
      }
      pause();
    }
    process.close();
    throw new IllegalStateException(
        "the server does not answer:\n" + String.join("\n", process.lines()) + process.errors());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public Ports ports() {
    return ports;
  }

  public InetSocketAddress coapsAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.coaps());
  }

  public AdminClient admin() {
    return new AdminClient(new DataFolder(data));
  }

  public JarProcess process() {
    return process;
  }

  /** {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  /** Stops the server in order. */
  @Override
  public void close() {
    process.close();
  }
}
