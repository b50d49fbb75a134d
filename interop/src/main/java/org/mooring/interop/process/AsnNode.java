// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/** {@code asn-client.jar run --json} on a vault. */
public final class AsnNode implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);

  private final JarProcess process;

  private AsnNode(JarProcess process) {
    this.process = process;
  }

  /**
   * How to start a node.
   *
   * @param vault its folder
   * @param mefPort the MEF's port on loopback
   * @param factory the options of {@code run} with what the factory gave it
   * @param jvm options for the Java runtime
   * @param options further options of {@code run}
   */
  public record Settings(
      Path vault, int mefPort, List<String> factory, List<String> jvm, List<String> options) {}

  /** Writes the factory file of a node with a Kpm, and gives the options that name it. */
  public static List<String> withKpm(Path file, String kpmId, String kpm) {
    Attributes content = Attributes.builder().put("kpmId", kpmId).put("kpm", kpm).build();
    try {
      Files.write(file, ContentCodec.writeAttributes(Serialization.JSON, content));
      return withFactoryFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can not be written", e);
    }
  }

  /** The options that name a factory file. */
  public static List<String> withFactoryFile(Path file) {
    return List.of("--factory-file", file.toString());
  }

  /** The options that name the server's Ub, on loopback. */
  public static List<String> withUb(String scheme, int port) {
    return List.of("--ub", scheme + "://127.0.0.1:" + port);
  }

  /**
   * The options of a node with a certificate, at the default MEF.
   *
   * @param name its files' without {@code .crt} and {@code .key}
   * @param trusted a file with the CA of the MEF's certificate
   */
  public static List<String> withCertificate(Path name, Path trusted) {
    return List.of(
        "--certificate",
        name + ".crt",
        "--certificate-key",
        name + ".key",
        "--trust",
        trusted.toString(),
        "--mef-fqdn",
        "mef.sp.example.org");
  }

  /** Starts the node; its Mca is on a free port. */
  public static AsnNode start(Jars jars, Settings settings) {
    List<String> arguments = new ArrayList<>(List.of("run", "--json"));
    arguments.addAll(List.of("--vault", settings.vault().toString()));
    arguments.addAll(List.of("--mef", "coaps://127.0.0.1:" + settings.mefPort()));
    arguments.addAll(settings.factory());
    arguments.addAll(List.of("--mca-port", "0"));
    arguments.addAll(settings.options());
    Path log = settings.vault().resolveSibling(settings.vault().getFileName() + ".log");
    return new AsnNode(JarProcess.start(jars.asnClient(), settings.jvm(), arguments, log));
  }

  /** The first line of JSON so far or to come for which a condition holds. */
  public Attributes await(Duration limit, String what, Predicate<Attributes> condition) {
    return process.await(
        limit,
        what,
        lines -> lines.stream().flatMap(l -> read(l).stream()).filter(condition).findFirst());
  }

  /** Waits until the node is registered; gives the line that tells of it. */
  public Attributes awaitRegistered(Duration limit) {
    return await(
        limit, "the registration", line -> line.text("event").equals(Optional.of("registered")));
  }

  /** The UDP port on loopback of the node's Mca. */
  public int awaitMcaPort() {
    return (int)
        await(START, "the Mca", line -> line.text("event").equals(Optional.of("mca")))
            .whole("coap")
            .orElseThrow();
  }

  /** The lines of JSON so far. */
  public List<Attributes> events() {
    return process.lines().stream().flatMap(line -> read(line).stream()).toList();
  }

  private static Optional<Attributes> read(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ContentCodec.readAttributes(Serialization.JSON, line.getBytes(StandardCharsets.UTF_8)));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  public JarProcess process() {
    return process;
  }

  /** {@code kill -9}. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
