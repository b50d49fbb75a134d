// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;

/**
 * The machine that a result was measured on, without its name.
 *
 * @param processor the model
 * @param cores that the Java runtime may use
 * @param memoryMiB of the machine
 * @param system name and version of the operating system's kernel and its distribution
 * @param java vendor and version of the Java runtime
 */
public record Machine(String processor, int cores, long memoryMiB, String system, String java) {
  private static final String UNKNOWN = "unknown";
  private static final long KIB_PER_MIB = 1024;

  /** This machine, as Linux describes it. */
  public static Machine read() {
    return new Machine(
        field("/proc/cpuinfo", "model name", ":").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        field("/proc/meminfo", "MemTotal", ":")
            .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / KIB_PER_MIB)
            .orElse(0L),
        "%s, Linux %s"
            .formatted(
                field("/etc/os-release", "PRETTY_NAME", "=")
                    .map(text -> text.replace("\"", ""))
                    .orElse(UNKNOWN),
                System.getProperty("os.version")),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
  }

  private static Optional<String> field(String file, String name, String separator) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(name) && line.contains(separator))
          .map(line -> line.substring(line.indexOf(separator) + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Attributes describe() {
    return Attributes.builder()
        .put("processor", processor)
        .put("cores", cores)
        .put("memoryMiB", memoryMiB)
        .put("system", system)
        .put("java", java)
        .build();
  }
}
