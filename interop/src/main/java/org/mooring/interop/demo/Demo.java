// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;
import org.mooring.interop.process.RawKey;
import org.mooring.interop.process.Terminal;

/**
 * Walks one node from its factory key to published data and prints the walk, then one line of JSON.
 *
 * <p>System properties: {@code path} ({@code maf} or {@code direct}), {@code method} (see {@link
 * Method}), {@code hops} ({@code in}, or {@code mn} for a gateway on the way) and {@code demo.wait}
 * ({@code false}: on a terminal too, do not keep the server up at the end).
 */
public final class Demo {
  private static final Duration COMMAND = Duration.ofSeconds(60);

  private final Jars jars;
  private final EnrolmentPath path;
  private final Method method;
  private final Hops hops;
  private final DemoOutput output;

  Demo(Jars jars, EnrolmentPath path, Method method, Hops hops, DemoOutput output) {
    this.jars = jars;
    this.path = path;
    this.method = method;
    this.hops = hops;
    this.output = output;
  }

  /**
   * Runs the demo.
   *
   * @throws DemoFailedException if the walk does not come to its end
   */
  public static void main(String[] arguments) {
    String path = System.getProperty("path", EnrolmentPath.MAF.text());
    EnrolmentPath wanted =
        EnrolmentPath.of(path)
            .orElseThrow(() -> new DemoFailedException("path: write -Dpath=maf or -Dpath=direct"));
    Method method =
        Method.of(System.getProperty("method", Method.PSK.text()))
            .orElseThrow(
                () -> new DemoFailedException("method: write -Dmethod= with " + Method.all()));
    Hops hops =
        Hops.of(System.getProperty("hops", "in"))
            .orElseThrow(() -> new DemoFailedException("hops: write -Dhops=in or -Dhops=mn"));
    boolean wait = Boolean.parseBoolean(System.getProperty("demo.wait", "true"));
    Jars jars = Jars.ofThisProject();
    if (!jars.areBuilt()) {
      throw new DemoFailedException("the jars are not built: run mvn -q -Pdemo");
    }
    new Demo(jars, wanted, method, hops, new DemoOutput(System.out))
        .run(wait && Terminal.isStandardInput());
  }

  /**
   * Walks, and removes what that needed.
   *
   * @param wait whether the server stays up until somebody presses Enter
   */
  void run(boolean wait) {
    Path folder = temporaryFolder();
    Optional<DemoCa> ca =
        method == Method.CERTIFICATE || method == Method.RPK
            ? Optional.of(DemoCa.init(jars, folder))
            : Optional.empty();
    InServer.Settings settings =
        ca.map(DemoCa::serverSettings)
            .orElse(method == Method.GBA ? InServer.Settings.WITH_UB : InServer.Settings.DEFAULT);
    try (InServer server = InServer.start(jars, folder.resolve("data"), settings)) {
      output.heading(method, path, hops);
      if (hops == Hops.IN) {
        walk(server, folder, ca, List.of(), wait);
        return;
      }
      try (InServer gateway = startGateway(server, folder)) {
        String address = "coaps://127.0.0.1:" + gateway.ports().coaps();
        List<String> behind = List.of("--registrar", hops.registrar(), "--registrar-poa", address);
        walk(server, folder, ca, behind, wait);
      }
    } finally {
      delete(folder);
    }
  }

  private InServer startGateway(InServer server, Path folder) {
    Path file = folder.resolve("gateway.json");
    List<String> enrolee = new ArrayList<>(List.of("enrolee", "add", "--json"));
    enrolee.addAll(List.of("--data", folder.resolve("data").toString()));
    enrolee.addAll(List.of("--csi", hops.registrar(), "--factory-file", file.toString()));
    var unused = Commands.json(jars.inServer(), COMMAND, enrolee);
    return InServer.start(
        jars,
        folder.resolve("gateway"),
        new InServer.Settings(
            List.of(),
            List.of(
                "--cse-type",
                "mn",
                "--registrar",
                "coaps://127.0.0.1:" + server.ports().coaps(),
                "--factory-file",
                file.toString())));
  }

  /**
   * @param enrolee further options of the node's enrolee
   */
  private void walk(
      InServer server, Path folder, Optional<DemoCa> ca, List<String> enrolee, boolean wait) {
    List<String> factory = new ArrayList<>(addEnrolee(folder, ca, enrolee));
    if (method == Method.GBA) {
      factory.addAll(AsnNode.withUb("coap", server.ports().ub()));
    }
    Duration cpuBefore = server.process().cpuTime();
    WalkResult walked = walk(server, folder, factory);
    Duration cpu = server.process().cpuTime().minus(cpuBefore);
    output.summary(walked, cpu);
    if (wait) {
      output.invitation(server.ports(), folder);
      Terminal.awaitEnter();
    }
  }

  /** Gives the options by which the node is told what its factory put on it. */
  private List<String> addEnrolee(Path folder, Optional<DemoCa> ca, List<String> more) {
    if (method == Method.RPK) {
      RawKey key = RawKey.generate(folder.resolve("node"));
      var unused = added(folder, more, List.of("--public-key", key.publicKey().toString()));
      return key.options("--trust", ca.orElseThrow().certificate().toString());
    }
    if (ca.isPresent()) {
      String cseId = added(folder, more, List.of()).text("csi").orElseThrow();
      return ca.get().issue(cseId);
    }
    Path file = folder.resolve("factory.json");
    var unused = added(folder, more, AsnNode.withFactoryFile(file));
    return AsnNode.withFactoryFile(file);
  }

  private Attributes added(Path folder, List<String> more, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "enrolee",
                "add",
                "--data",
                folder.resolve("data").toString(),
                "--method",
                method.text(),
                "--path",
                path.text(),
                "--json"));
    command.addAll(options);
    command.addAll(more);
    return Commands.json(jars.inServer(), COMMAND, command);
  }

  private WalkResult walk(InServer server, Path folder, List<String> factory) {
    AsnNode.Settings settings =
        new AsnNode.Settings(
            folder.resolve("vault"), server.ports().coaps(), factory, List.of(), List.of());
    try (AsnNode node = AsnNode.start(jars, settings)) {
      return new Walk(node, method, path, hops, output).run();
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("mooring-demo");
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary folder", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = new ArrayList<>(tree.sorted(Comparator.reverseOrder()).toList());
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be removed", e);
    }
  }
}
