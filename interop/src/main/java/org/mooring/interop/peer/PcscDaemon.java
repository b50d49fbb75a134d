// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mooring.interop.process.JarProcess;

/**
 * {@code pcscd} with one virtual reader (vsmartcard's {@code vpcd}), into which a program puts a
 * card over TCP. A machine has one such daemon, and it runs as root.
 */
public final class PcscDaemon implements AutoCloseable {
  private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
  private static final Path PID = Path.of("/run/pcscd/pcscd.pid");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The reader's name begins so. */
  public static final String READER = "Mooring Test Reader";

  private final JarProcess process;
  private final int port;

  private PcscDaemon(JarProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The daemon, where it and the reader's driver are installed, and it can and need be started. */
  public static Optional<Path> startable() {
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    return isRoot && Files.isReadable(DRIVER) && !anotherRuns()
        ? Programs.find("pcscd")
            .or(() -> Optional.of(Path.of("/usr/sbin/pcscd")).filter(Files::isExecutable))
        : Optional.empty();
  }

  private static boolean anotherRuns() {
    try {
      return Files.exists(PID)
          && ProcessHandle.of(Long.parseLong(Files.readString(PID).strip()))
              .filter(ProcessHandle::isAlive)
              .isPresent();
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  /**
   * Starts the daemon.
   *
   * @param folder takes its settings and its log
   */
  public static PcscDaemon start(Path daemon, Path folder) {
    try {
      int port = freePort();
      Path readers = Files.createDirectories(folder.resolve("reader.conf.d"));
      Files.writeString(
          readers.resolve("virtual"),
          """
          FRIENDLYNAME "%s"
          DEVICENAME /dev/null:0x%X
          LIBPATH %s
          CHANNELID 0x%X
          """
              .formatted(READER, port, DRIVER, port));
      List<String> command =
          List.of(daemon.toString(), "--foreground", "--config", readers.toString());
      return new PcscDaemon(JarProcess.start(command, folder.resolve("pcscd.log")), port);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be used", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Connects to the reader's slot, as soon as it is there. */
  Socket slot() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Socket slot = new Socket();
        slot.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return slot;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new PeerFailedException("pcscd: its virtual reader takes no card");
        }
        Thread.sleep(50);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
