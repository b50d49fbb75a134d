// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a further Java program is started on the Java runtime of this one. */
final class JavaCommand {
  /**
   * A system property with options for the runtime of each program started, separated by spaces.
   * The build's tests set it: their programs live for seconds, and are not worth optimising.
   */
  private static final String OPTIONS = "mooring.jvm";

  private JavaCommand() {}

  /**
   * The program and all its arguments.
   *
   * @param jvm options for the Java runtime; they win over those of the property
   * @param program {@code -jar} and a file, or {@code -cp}, a class path and a class
   */
  static List<String> of(List<String> jvm, List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty(OPTIONS, "");
    if (!options.isBlank()) {
      command.addAll(List.of(options.strip().split(" +")));
    }
    command.addAll(jvm);
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }
}
