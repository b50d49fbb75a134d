// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the texts of a command's options, with the errors that name them. */
record OptionTexts(CommandSpec command) {

  /**
   * @throws ParameterException if the parser refuses the text; it repeats no part of it
   */
  <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, option, e);
    }
  }

  ParameterException missing(String option) {
    return wrong(option + ": give it, the vault does not have it yet");
  }

  ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
