// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.concurrent.Callable;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.SealedBy;
import org.mooring.asn.vault.SecureEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reseal}: the same state under another key. */
@Command(
    name = "reseal",
    description =
        "Has something else seal the vault, at once and as a whole. --vault-key tells what seals it"
            + " so far; the options for a token are those of the one that is left or taken.")
@SuppressWarnings("NullAway.Init")
final class ResealCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "vault-key|machine-id|file:PATH|pkcs11",
      description =
          "What is to seal it: vault.key in the vault, this machine's id with a salt, 32 octets in a"
              + " file of mode 0600, or the token of --pkcs11-library.")
  private String to;

  @Override
  public Integer call() {
    if (!vault.exists()) {
      throw new CommandFailedException("vault: there is none in this folder");
    }
    FileVault file = vault.openToReseal();
    SecureEnvironment next = vault.next("--to", to);
    try (FileVault.Lock lock = file.lock()) {
      file.reseal(next);
    }
    SealedBy now = next.sealedBy();
    command
        .commandLine()
        .getOut()
        .printf(
            "reseal: done, sealed by %s (protection level %d)%n",
            now.text(), now.protectionLevel());
    return 0;
  }
}
