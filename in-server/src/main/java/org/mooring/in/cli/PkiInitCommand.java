// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the CA. */
@Command(
    name = "init",
    description = {
      "Makes a CA with its key, its certificate and an empty revocation list.",
      "It signs for names in the provider's domain alone."
    })
final class PkiInitCommand extends PkiFolderCommand {
  @Option(
      names = "--sp-fqdn",
      paramLabel = "FQDN",
      defaultValue = "sp.example.org",
      description = "the provider's domain (default: ${DEFAULT-VALUE})")
  private Fqdn domain = new Fqdn("sp.example.org");

  @Option(names = "--name", paramLabel = "TEXT", description = "the CA's common name")
  private @Nullable String name;

  @Option(
      names = "--valid",
      paramLabel = "SPAN",
      defaultValue = "3650d",
      description = "lifetime of the CA (default: ${DEFAULT-VALUE})")
  private Duration lifetime = Duration.ofDays(3650);

  @Override
  Attributes work(CertificateAuthority authority) {
    String commonName = name == null ? "CA of " + domain : name;
    return CertificateDocument.of(
            authority.init(domain, commonName, lifetime, PkiCrlCommand.DEFAULT_LIFETIME))
        .put("domain", domain.value())
        .put("certificate", folder().resolve("ca.crt").toString())
        .put("list", authority.list().toString())
        .build();
  }
}
