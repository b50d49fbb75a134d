// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.pki.CertificateAuthority;
import org.mooring.in.pki.RevocationReason;
import picocli.CommandLine.Command;

/** Lists what the CA issued. */
@Command(name = "list", description = "Lists the certificates that the CA issued.")
final class PkiListCommand extends PkiFolderCommand {
  @Override
  Attributes work(CertificateAuthority authority) {
    List<AttributeValue> certificates =
        authority.issued().stream()
            .<AttributeValue>map(
                one ->
                    new AttributeValue.Members(
                        CertificateDocument.of(one.certificate())
                            .put(
                                "status",
                                one.revoked()
                                    .map(RevocationReason::text)
                                    .map("revoked: "::concat)
                                    .orElse("good"))
                            .build()))
            .toList();
    return Attributes.builder().put("certificates", new AttributeValue.Items(certificates)).build();
  }

  @Override
  void print(PrintWriter out, Attributes done) {
    Output.table(
        out,
        Output.documents(done, "certificates"),
        List.of("serial", "name", "expires", "status"));
  }
}
