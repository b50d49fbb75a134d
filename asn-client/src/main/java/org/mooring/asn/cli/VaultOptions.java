// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.SealedBy;
import org.mooring.asn.vault.SecureEnvironment;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the node keeps what it knows, and what seals it. */
@SuppressWarnings("NullAway.Init")
final class VaultOptions {
  private static final String MACHINE_ID = "machine-id";

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
      paramLabel = "file:PATH|machine-id",
      description =
          "What seals the vault: 32 octets in a file of mode 0600, or this machine's id with a salt"
              + " in the vault. Default: vault.key in the vault.")
  private @Nullable String key;

  @Mixin private TokenOptions token;

  /**
   * The vault, sealed by what the options say, or else by what the vault itself says.
   *
   * @throws ParameterException if an option is malformed, or the vault needs one that is not given
   */
  FileVault open() {
    return FileVault.in(directory, environment(wanted().or(this::told)));
  }

  /** The same where the options for a token may be those of the next seal. */
  FileVault openToReseal() {
    return FileVault.in(directory, environment(told().or(this::wanted)));
  }

  /** What the options ask for, if they do. */
  private Optional<SealedBy> wanted() {
    if (token.areGiven()) {
      if (key != null) {
        throw new ParameterException(
            command.commandLine(), "--vault-key: leave it out, --pkcs11-library is given");
      }
      return Optional.of(SealedBy.TOKEN);
    }
    return Optional.ofNullable(key)
        .map(text -> text.equals(MACHINE_ID) ? SealedBy.MACHINE_ID : SealedBy.KEY_FILE);
  }

  private Optional<SealedBy> told() {
    return FileVault.sealedBy(directory);
  }

  private SecureEnvironment environment(Optional<SealedBy> by) {
    return switch (by.orElse(SealedBy.VAULT_KEY)) {
      case VAULT_KEY -> SecureEnvironment.keyInVault(directory);
      case KEY_FILE -> keyFile();
      case MACHINE_ID -> SecureEnvironment.machineId(directory);
      case TOKEN -> token.environment(directory);
    };
  }

  private SecureEnvironment keyFile() {
    if (key == null) {
      throw new ParameterException(
          command.commandLine(), "--vault-key: give it, a key file kept elsewhere seals the vault");
    }
    return keyFile("--vault-key", key);
  }

  private SecureEnvironment keyFile(String option, String text) {
    try {
      return SecureEnvironment.keyFile(SecretFile.key(text));
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, option, e);
    }
  }

  /**
   * What is to seal the vault from now on.
   *
   * @param text {@code vault-key}, {@code machine-id}, {@code file:PATH} or {@code pkcs11}
   * @throws ParameterException if it is none of these, or the options for a token are missing
   */
  SecureEnvironment next(String option, String text) {
    return switch (text) {
      case "vault-key" -> SecureEnvironment.keyInVault(directory);
      case MACHINE_ID -> SecureEnvironment.machineId(directory);
      case "pkcs11" -> token.environment(directory);
      default -> keyFile(option, text);
    };
  }

  boolean exists() {
    return FileVault.existsIn(directory);
  }

  /** What seals the vault: as its file says, or else as the options do. */
  SealedBy sealedBy() {
    return told().or(this::wanted).orElse(SealedBy.VAULT_KEY);
  }

  /** Whether it takes a secret to open the vault that no option tells of. */
  boolean lacksItsKey() {
    return switch (sealedBy()) {
      case KEY_FILE -> key == null;
      case TOKEN -> !token.areComplete();
      case VAULT_KEY, MACHINE_ID -> false;
    };
  }

  Path directory() {
    return directory;
  }
}
