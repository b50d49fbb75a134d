// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.List;
import org.mooring.in.provider.ServiceProvider;

/**
 * What {@code /.well-known/core} lists (RFC 6690): the bases of the provider's functions, each with
 * the path under which the coaps port serves it.
 */
public final class Discovery {
  private static final String FORMATS = "ct=\"50 60\"";

  private Discovery() {}

  /**
   * The links in CoRE link format, separated by commas.
   *
   * @param others links of what the provider's server offers besides
   */
  public static String linkFormat(ServiceProvider provider, List<String> others) {
    List<String> links = new ArrayList<>();
    links.add(link("/_/" + provider.mef() + "/-", "oneM2M.MEFBase", provider.mef().value()));
    links.add(link("/_/" + provider.maf() + "/-", "oneM2M.MAFBase", provider.maf().value()));
    links.add(ofCse(provider));
    links.addAll(others);
    return String.join(",", links);
  }

  /** The link of a CSE alone, for a server that has no other function. */
  public static String ofCse(ServiceProvider provider) {
    return link(
        "/~" + provider.cse() + "/" + provider.cseName(),
        "oneM2M.CSEBase",
        provider.cseFqdn().value());
  }

  private static String link(String path, String resourceType, String title) {
    return "<" + path + ">;rt=\"" + resourceType + "\";title=\"" + title + "\";" + FORMATS;
  }
}
