// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.FactoryFile;
import org.mooring.asn.vault.UbAddress;
import org.mooring.asn.vault.UsimChip;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.KeyText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A subscription with a USIM, in software or on a card. */
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
      names = "--usim-reader",
      paramLabel = "NAME",
      arity = "0..1",
      fallbackValue = "",
      description =
          "The USIM on a card in a reader, in place of --usim: a part of the reader's name, or"
              + " nothing where a single reader has a card. Needs PC/SC (Debian: pcscd).")
  private @Nullable String reader;

  @Option(
      names = "--ub",
      paramLabel = "coap://HOST:PORT|http://HOST:PORT",
      description = "Where the node bootstraps with its USIM: the server's --ub-port.")
  private @Nullable String ub;

  @Option(
      names = "--bsf",
      paramLabel = "FQDN",
      description = "Name of the BSF at --ub, where it is an operator's. Default: the MEF's.")
  private @Nullable String bsf;

  boolean areGiven() {
    return impi != null || usim != null || reader != null || ub != null || bsf != null;
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
    UsimChip chip =
        given(texts)
            .or(() -> filed.map(from -> new UsimChip.InSoftware(from.key())))
            .or(() -> kept.filter(k -> k.impi().equals(user)).map(UsimCredential::chip))
            .orElseThrow(
                () -> texts.wrong("--usim: give it or --usim-reader, the vault has neither yet"));
    UbAddress address =
        ub != null
            ? texts.parsed("--ub", ub, UbAddress::parse)
            : kept.map(UsimCredential::ub).orElseThrow(() -> texts.missing("--ub"));
    Fqdn name =
        bsf != null
            ? texts.parsed("--bsf", bsf, Fqdn::new)
            : kept.filter(k -> k.mef().equals(mef.name()))
                .map(UsimCredential::bsf)
                .orElse(mef.name());
    return new UsimCredential(user, chip, mef.name(), name, address, mef.host(), mef.port());
  }

  private Optional<UsimChip> given(OptionTexts texts) {
    if (usim != null && reader != null) {
      throw new ParameterException(
          command.commandLine(), "--usim-reader: leave out --usim, the key is on the card");
    }
    if (reader != null) {
      return Optional.of(new UsimChip.OnCard(reader));
    }
    return Optional.ofNullable(usim)
        .map(
            text ->
                texts.parsed("--usim", text, key -> new UsimChip.InSoftware(KeyText.parse(key))));
  }
}
