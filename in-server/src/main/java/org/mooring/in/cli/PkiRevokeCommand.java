// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.RevocationReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes a certificate. */
@Command(name = "revoke", description = "Revokes a certificate and signs a new revocation list.")
final class PkiRevokeCommand extends PkiFolderCommand {
  @Parameters(
      paramLabel = "SERIAL|FILE",
      description = "its serial number in hex, or a file with the certificate")
  private String certificate = "";

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      defaultValue = "unspecified",
      description =
          "unspecified, keyCompromise, affiliationChanged, superseded or cessationOfOperation"
              + " (default: ${DEFAULT-VALUE})")
  private String reason = "unspecified";

  @Override
  Attributes work(CertificateAuthority authority) {
    RevocationReason why =
        RevocationReason.of(reason)
            .orElseThrow(
                () ->
                    new UsageError(
                        "--reason: write one of "
                            + Arrays.stream(RevocationReason.values())
                                .map(RevocationReason::text)
                                .collect(Collectors.joining(", "))));
    BigInteger serial = serial();
    return CertificateDocument.of(authority.revoke(serial, why, PkiCrlCommand.DEFAULT_LIFETIME))
        .put("serial", serial.toString(16))
        .put("reason", why.text())
        .put("list", authority.list().toString())
        .build();
  }

  private BigInteger serial() {
    Path file = Path.of(certificate);
    if (Files.exists(file)) {
      return CertificateAuthority.serialOf(file);
    }
    try {
      return new BigInteger(certificate, 16);
    } catch (NumberFormatException e) {
      throw new UsageError("SERIAL|FILE: give a serial number in hex, or a file that is there");
    }
  }
}
