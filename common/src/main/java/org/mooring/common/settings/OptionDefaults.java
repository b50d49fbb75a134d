// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Options that stand elsewhere than on the command line, which wins: {@code --coaps-port} is {@code
 * MOORING_COAPS_PORT} in the environment and, behind it, {@code coaps-port} in {@code
 * mooring.properties} in the working directory.
 */
public final class OptionDefaults {
  private static final String LONG = "--";

  private final UnaryOperator<@Nullable String> environment;
  private final Properties properties;

  private OptionDefaults(UnaryOperator<@Nullable String> environment, Properties properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /**
   * The defaults of this process.
   *
   * @throws IOException if the file is there and is not one of UTF-8 properties; the message names
   *     it
   */
  public static OptionDefaults ofProcess() throws IOException {
    return of(System::getenv, Path.of("mooring.properties"));
  }

  /**
   * Defaults from elsewhere.
   *
   * @param environment value of an environment variable, null for one that is not set
   * @param file the properties, none where it does not exist
   * @throws IOException if the file can not be read; the message names it
   */
  public static OptionDefaults of(UnaryOperator<@Nullable String> environment, Path file)
      throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException(file + ": write it as UTF-8 lines of option=value", e);
      }
    }
    return new OptionDefaults(environment, properties);
  }

  /**
   * The value of an option, empty where nothing says it.
   *
   * @param option its long name, dashes included; one with a single dash has no default
   */
  public Optional<String> valueOf(String option) {
    if (!option.startsWith(LONG)) {
      return Optional.empty();
    }
    String name = option.substring(LONG.length());
    String variable = "MOORING_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(environment.apply(variable))
        .or(() -> Optional.ofNullable(properties.getProperty(name)));
  }
}
