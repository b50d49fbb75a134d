// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.Jars;

/** Packs the clients in the ways that are compared, in a folder. */
final class Packings {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What the launcher of {@code make-runtime} starts Java with. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private final Jars jars;
  private final Path folder;

  Packings(Jars jars, Path folder) {
    this.jars = jars;
    this.folder = folder;
  }

  /** A jar on a JDK as it is. */
  Packing plain(String name, Jdk jdk, Path jar) {
    return new Packing(
        name, List.of(jdk.java(), "-jar", jar.toString()), jar, List.of(jdk.home(), jar));
  }

  /**
   * A jar on a JDK with a class-data archive and the launcher's options.
   *
   * @param classes the list of classes that a training run loaded
   */
  Packing archived(String name, Jdk jdk, Path jar, Path classes) {
    Path archive = folder.resolve(jar.getFileName() + ".jsa");
    run(
        List.of(
            jdk.java(),
            "-XX:+UseG1GC",
            "-Xshare:dump",
            "-Xlog:disable",
            "-XX:SharedClassListFile=" + classes,
            "-XX:SharedArchiveFile=" + archive,
            "-cp",
            jar.toString()));
    List<String> start = new ArrayList<>(List.of(jdk.java(), "-XX:SharedArchiveFile=" + archive));
    start.addAll(SMALL);
    start.addAll(List.of("-jar", jar.toString()));
    return new Packing(name, start, jar, List.of(jdk.home(), jar, archive));
  }

  /** Our client on a runtime of its own, made by {@code asn-client/packaging/make-runtime}. */
  Packing runtime(String name, Jdk jdk) {
    Path output = folder.resolve("runtime-" + jdk.home().getFileName());
    run(
        List.of(
            "env",
            "JAVA_HOME=" + jdk.home(),
            jars.root().resolve("asn-client/packaging/make-runtime").toString(),
            "--output",
            output.toString()));
    deleteTrainingOf(output);
    return new Packing(
        name,
        List.of(output.resolve("bin/asn-client").toString()),
        output.resolve("lib/asn-client.jar"),
        List.of(output));
  }

  /** What an AOT cache is made of is not needed to run. */
  private static void deleteTrainingOf(Path runtime) {
    try {
      Files.deleteIfExists(runtime.resolve("lib/asn-client.aotconf"));
    } catch (IOException e) {
      throw new UncheckedIOException(runtime + ": can not be tidied", e);
    }
  }

  /** The classes that the training for {@link #runtime} loaded. */
  static Path classesOf(Packing runtime) {
    return runtime.jar().resolveSibling("asn-client.classlist");
  }

  /** How to start a jar so that it leaves the list of classes it loaded. */
  static Packing listing(Jdk jdk, Path jar, Path classes) {
    List<String> start = new ArrayList<>(List.of(jdk.java(), "-XX:DumpLoadedClassList=" + classes));
    start.addAll(SMALL);
    start.addAll(List.of("-jar", jar.toString()));
    return new Packing("training", start, jar, List.of());
  }

  private static void run(List<String> command) {
    Programs.Outcome outcome = Programs.run(PATIENCE, command);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(command + ": " + outcome.errors() + outcome.output());
    }
  }
}
