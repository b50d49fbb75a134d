// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.Duration;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Publishes the revocation list anew. */
@Command(
    name = "crl",
    description = {
      "Signs the revocation list anew, with a new end.",
      "Relying parties take none that has ended: run it in time, from cron for example."
    })
final class PkiCrlCommand extends PkiFolderCommand {
  static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

  @Option(
      names = "--valid",
      paramLabel = "SPAN",
      defaultValue = LIST_LIFETIME,
      description = "until the next list (default: ${DEFAULT-VALUE})")
  private Duration lifetime = DEFAULT_LIFETIME;

  @Override
  Attributes work(CertificateAuthority authority) {
    return CertificateDocument.of(authority.renewList(lifetime))
        .put("list", authority.list().toString())
        .build();
  }
}
