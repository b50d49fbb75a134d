// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SoftHSM 2 with its tokens in a folder. Programs find them through an environment of their own,
 * which {@link #command} gives them.
 */
public final class SoftHsm {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String UTILITY = "softhsm2-util";
  private static final String SO_PIN = "87654321";
  private static final List<Path> MODULES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/softhsm/libsofthsm2.so"),
          Path.of("/usr/local/lib/softhsm/libsofthsm2.so"));

  private final Path module;
  private final Path configuration;

  private SoftHsm(Path module, Path configuration) {
    this.module = module;
    this.configuration = configuration;
  }

  /** The PKCS#11 module, if SoftHSM is installed with its utility. */
  public static Optional<Path> installedModule() {
    return Programs.find(UTILITY)
        .flatMap(utility -> MODULES.stream().filter(Files::isReadable).findFirst());
  }

  /**
   * A SoftHSM without a token.
   *
   * @param folder made here
   */
  public static SoftHsm in(Path folder, Path module) {
    try {
      Path tokens = Files.createDirectories(folder.resolve("tokens"));
      Path configuration =
          Files.writeString(
              folder.resolve("softhsm2.conf"),
              "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
      return new SoftHsm(module, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": can not be used", e);
    }
  }

  public Path module() {
    return module;
  }

  /** Makes a token in the first free slot. */
  public void makeToken(String label, String pin) {
    run("--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", SO_PIN);
  }

  /** Deletes a token with all its keys. */
  public void deleteToken(String label) {
    run("--delete-token", "--token", label);
  }

  private void run(String... arguments) {
    List<String> utility = Stream.concat(Stream.of(UTILITY), Stream.of(arguments)).toList();
    Programs.Outcome outcome = Programs.run(PATIENCE, command(utility));
    if (outcome.exitCode() != 0) {
      throw new PeerFailedException(UTILITY + ": " + outcome.errors().strip());
    }
  }

  /** A command that finds these tokens. */
  public List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(List.of("env", "SOFTHSM2_CONF=" + configuration));
    command.addAll(program);
    return command;
  }
}
