// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.SecureEnvironment;
import org.mooring.asn.vault.TokenSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A PKCS#11 token that seals the vault. */
@SuppressWarnings("NullAway.Init")
final class TokenOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--pkcs11-library",
      paramLabel = "FILE",
      description = "The PKCS#11 module of a token with a key that seals the vault.")
  private @Nullable Path library;

  @Option(
      names = "--pkcs11-pin",
      paramLabel = "file:PATH",
      description = "A file of mode 0600 with the token's user PIN.")
  private @Nullable String pin;

  @Option(
      names = "--pkcs11-slot",
      paramLabel = "ID",
      description = "The id of the token's slot. Default: the module's first.")
  private @Nullable Long slot;

  @Option(
      names = "--pkcs11-key",
      paramLabel = "LABEL",
      description =
          "The AES key for a new vault, made in the token if it has none of this label. Default:"
              + " mooring- and a hash of the vault's path.")
  private @Nullable String label;

  boolean areGiven() {
    return library != null;
  }

  /** Whether they suffice to use the token. */
  boolean areComplete() {
    return library != null && pin != null;
  }

  /**
   * @throws ParameterException if one is missing or malformed
   */
  SecureEnvironment environment(Path vault) {
    if (library == null || pin == null) {
      throw new ParameterException(
          command.commandLine(),
          (library == null ? "--pkcs11-library" : "--pkcs11-pin")
              + ": give it, a token seals the vault");
    }
    Path module = library;
    TokenSettings.Slot at =
        slot == null
            ? new TokenSettings.Slot.First()
            : parsed("--pkcs11-slot", slot, TokenSettings.Slot.Id::new);
    var secret = parsed("--pkcs11-pin", pin, SecretFile::pin);
    String name = label == null ? TokenSettings.labelFor(vault) : label;
    return SecureEnvironment.token(
        parsed(
            label == null ? "--pkcs11-library" : "--pkcs11-key",
            name,
            key -> new TokenSettings(module, at, secret, key)));
  }

  private <S, T> T parsed(String option, S value, Function<S, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, option, e);
    }
  }
}
