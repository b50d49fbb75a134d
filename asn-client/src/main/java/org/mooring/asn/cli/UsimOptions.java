// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.UbAddress;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.gba.Impi;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A subscription with a USIM in software. */
@SuppressWarnings("NullAway.Init")
final class UsimOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--impi",
      paramLabel = "USER@REALM",
      description =
          "IMS private identity of the node's subscription. Kept in the vault, as is what goes with"
              + " it.")
  private @Nullable String impi;

  @Option(
      names = "--usim",
      paramLabel = "KEY",
      description =
          "The USIM in software: K and OPc, 16 octets each, one behind the other, as --kpm.")
  private @Nullable String usim;

  @Option(
      names = "--ub",
      paramLabel = "coap://HOST:PORT|http://HOST:PORT",
      description = "Where the node bootstraps with its USIM: the server's --ub-port.")
  private @Nullable String ub;

  boolean areGiven() {
    return impi != null || usim != null || ub != null;
  }

  /**
   * @throws ParameterException if a part is in no option, in no file and not in the vault
   */
  UsimCredential credential(
      Optional<FactoryFile.Subscription> filed, MefPlace mef, Optional<UsimCredential> kept) {
    OptionTexts texts = new OptionTexts(command);
    Impi user =
        impi != null
            ? texts.parsed("--impi", impi, Impi::parse)
            : filed
                .map(FactoryFile.Subscription::impi)
                .or(() -> kept.map(UsimCredential::impi))
                .orElseThrow(() -> texts.missing("--impi"));
    SecretKeyBytes secret =
        usim != null
            ? texts.parsed("--usim", usim, KeyText::parse)
            : filed
                .map(FactoryFile.Subscription::key)
                .or(() -> kept.filter(k -> k.impi().equals(user)).map(UsimCredential::key))
                .orElseThrow(() -> texts.missing("--usim"));
    UbAddress address =
        ub != null
            ? texts.parsed("--ub", ub, UbAddress::parse)
            : kept.map(UsimCredential::ub).orElseThrow(() -> texts.missing("--ub"));
    return texts.parsed(
        "--usim",
        "",
        unused -> new UsimCredential(user, secret, mef.name(), address, mef.host(), mef.port()));
  }
}
