// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.util.Locale;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.in.provider.ServiceProvider;

/** Under which name the DNS has the CSE of an MN or ASN. */
public final class OwnerName {
  private OwnerName() {}

  /**
   * The CSE-ID before the public domain name of the infrastructure node, in lower case (TS-0001
   * clause 6.5.1.1): {@code /pump7} is {@code pump7.id-in.sp.example.org}.
   *
   * @throws IdentifierSyntaxException if the CSE-ID can not stand in a domain name, for its
   *     characters or its length (63 in a label, 253 in all)
   */
  public static Fqdn of(CseId cse, ServiceProvider provider) {
    return new Fqdn(cse.stem().toLowerCase(Locale.ROOT) + "." + provider.cseFqdn());
  }
}
