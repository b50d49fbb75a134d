// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.FileVault;
import org.mooring.common.key.KeyText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the node keeps what it knows. */
@SuppressWarnings("NullAway.Init")
final class VaultOptions {
  /** TS-0003 clause 6.3.1: no protection, for the sealing key lies beside what it seals. */
  private static final int LEVEL_NONE = 0;

  /** Low: in software, the sealing key elsewhere. */
  private static final int LEVEL_LOW = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--vault",
      required = true,
      paramLabel = "DIR",
      description = "The node's vault; made at first use.")
  private Path directory;

  @Option(
      names = "--vault-key",
      paramLabel = "file:PATH",
      description = "32 octets that seal the vault. Default: vault.key in the vault.")
  private @Nullable String key;

  FileVault open() {
    if (key == null) {
      return FileVault.in(directory);
    }
    if (!key.startsWith("file:")) {
      throw new ParameterException(
          command.commandLine(), "--vault-key: write file: and the path of the key");
    }
    try {
      return FileVault.in(directory, KeyText.parse(key));
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, "--vault-key", e);
    }
  }

  boolean exists() {
    return FileVault.existsIn(directory);
  }

  int protectionLevel() {
    return key == null ? LEVEL_NONE : LEVEL_LOW;
  }
}
