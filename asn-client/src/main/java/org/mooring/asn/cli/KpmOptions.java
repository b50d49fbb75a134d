// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryFile;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A key shared with the MEF. */
@SuppressWarnings("NullAway.Init")
final class KpmOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--kpm-id",
      paramLabel = "NAME@MEF-FQDN",
      description = "Identifier of the pre-provisioned key. Kept in the vault.")
  private @Nullable String keyId;

  @Option(
      names = "--kpm",
      paramLabel = "KEY",
      description =
          "The pre-provisioned key as hex:…, utf8:…, b64:… or file:…; the file holds a key with one"
              + " of these forms, or the raw octets. Kept in the vault; prefer file:, since other"
              + " users see command lines.")
  private @Nullable String key;

  boolean areGiven() {
    return keyId != null || key != null;
  }

  /**
   * The key's identifier: as given, or filed, or else as it is in the vault.
   *
   * @param unnamed the issuer of one without a name behind an @
   * @throws ParameterException if there is none, or it is malformed
   */
  KeyIdentifier id(FactoryFile file, Supplier<Fqdn> unnamed, Optional<BootstrapCredential> kept) {
    OptionTexts texts = new OptionTexts(command);
    return keyId != null
        ? texts.parsed("--kpm-id", keyId, text -> identifier(text, unnamed))
        : file.id()
            .or(() -> kept.map(BootstrapCredential::id))
            .orElseThrow(() -> texts.missing("--kpm-id"));
  }

  private static KeyIdentifier identifier(String text, Supplier<Fqdn> unnamed) {
    return text.indexOf('@') >= 0
        ? KeyIdentifier.parse(text)
        : new KeyIdentifier(text, unnamed.get());
  }

  /**
   * @throws ParameterException if the key is missing or malformed
   */
  BootstrapCredential credential(
      KeyIdentifier id, FactoryFile file, MefPlace mef, Optional<BootstrapCredential> kept) {
    OptionTexts texts = new OptionTexts(command);
    SecretKeyBytes secret =
        key != null
            ? texts.parsed("--kpm", key, KeyText::parse)
            : file.key()
                .or(() -> kept.filter(k -> k.id().equals(id)).map(BootstrapCredential::key))
                .orElseThrow(() -> texts.missing("--kpm"));
    return new BootstrapCredential(id, secret, mef.name(), mef.host(), mef.port());
  }
}
