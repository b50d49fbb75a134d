// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options that were not given: {@code --kpm-id} comes from {@code MOORING_KPM_ID} in the
 * environment, else from {@code kpm-id} in {@code mooring.properties} in the working directory.
 */
final class OptionDefaults implements IDefaultValueProvider {
  private static final Path FILE = Path.of("mooring.properties");

  private final Properties properties;
  private final Map<String, String> environment;

  OptionDefaults(Properties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * @throws CommandFailedException if the file is there and can not be read
   */
  static OptionDefaults ofProcess() {
    Properties properties = new Properties();
    if (Files.exists(FILE)) {
      try (Reader reader = Files.newBufferedReader(FILE, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new CommandFailedException(FILE + ": can not be read as UTF-8 properties");
      }
    }
    return new OptionDefaults(properties, System.getenv());
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !option.longestName().startsWith("--")) {
      return null;
    }
    String name = option.longestName().substring(2);
    String variable = "MOORING_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String fromEnvironment = environment.get(variable);
    return fromEnvironment != null ? fromEnvironment : properties.getProperty(name);
  }
}
