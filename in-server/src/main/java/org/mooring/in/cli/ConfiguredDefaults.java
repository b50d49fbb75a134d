// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that stand elsewhere than on the command line, which wins: {@code --coaps-port} is {@code
 * MOORING_COAPS_PORT} in the environment and, behind it, {@code coaps-port} in {@code
 * mooring.properties}.
 */
final class ConfiguredDefaults implements IDefaultValueProvider {
  private final UnaryOperator<@Nullable String> environment;
  private final Properties properties;

  private ConfiguredDefaults(UnaryOperator<@Nullable String> environment, Properties properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /**
   * @param environment value of an environment variable, null for one that is not set
   * @param file the properties, none where it does not exist
   * @throws CommandFailure if the file can not be read
   */
  static ConfiguredDefaults of(UnaryOperator<@Nullable String> environment, Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandFailure(file + ": write it as UTF-8 lines of option=value");
      }
    }
    return new ConfiguredDefaults(environment, properties);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String name = option.longestName().substring(2);
    String variable = "MOORING_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.apply(variable);
    return value != null ? value : properties.getProperty(name);
  }
}
