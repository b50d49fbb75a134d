// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.PointOfAccess;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the factory gave the node; kept in the vault, so needed once. */
@SuppressWarnings("NullAway.Init")
final class BootstrapOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--mef",
      paramLabel = "coaps://HOST[:PORT]",
      description = "Where the enrolment function (MEF) is. Kept in the vault.")
  private @Nullable String mef;

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

  @Option(
      names = "--mef-fqdn",
      paramLabel = "FQDN",
      description = "The MEF's name. Default: what follows the last @ of --kpm-id, else the host.")
  private @Nullable String mefFqdn;

  /**
   * The credential in the vault with what the options say on top.
   *
   * @throws ParameterException if an option is malformed, or if one is missing and the vault has
   *     nothing
   */
  BootstrapCredential over(Optional<BootstrapCredential> kept) {
    PointOfAccess where =
        mef != null
            ? parsed("--mef", mef, PointOfAccess::parse)
            : kept.map(k -> new PointOfAccess(k.host(), k.port()))
                .orElseThrow(() -> missing("--mef"));
    KeyIdentifier id =
        keyId != null
            ? parsed("--kpm-id", keyId, text -> identifier(text, where))
            : kept.map(BootstrapCredential::id).orElseThrow(() -> missing("--kpm-id"));
    var secret =
        key != null
            ? parsed("--kpm", key, KeyText::parse)
            : kept.filter(k -> k.id().equals(id))
                .map(BootstrapCredential::key)
                .orElseThrow(() -> missing("--kpm"));
    Fqdn name =
        mefFqdn != null
            ? parsed("--mef-fqdn", mefFqdn, Fqdn::new)
            : kept.filter(k -> k.id().equals(id)).map(BootstrapCredential::mef).orElse(id.issuer());
    return new BootstrapCredential(id, secret, name, where.host(), where.port());
  }

  private KeyIdentifier identifier(String text, PointOfAccess where) {
    if (text.indexOf('@') >= 0) {
      return KeyIdentifier.parse(text);
    }
    return new KeyIdentifier(text, new Fqdn(mefFqdn != null ? mefFqdn : where.host()));
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(command, option, e);
    }
  }

  private ParameterException missing(String option) {
    return new ParameterException(
        command.commandLine(), option + ": give it, the vault does not have it yet");
  }
}
