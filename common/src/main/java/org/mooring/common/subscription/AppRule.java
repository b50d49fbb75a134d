// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import org.mooring.common.primitive.Attributes;

/**
 * A {@code <serviceSubscribedAppRule>}: which AEs of which applications may register with which
 * credentials (TS-0001 clause 9.6.29). An attribute that is absent is an empty list here.
 *
 * @param address where it stands, for people
 * @param credentials applicableCredIDs (apci); none: it is for registrations outside any security
 *     association
 * @param apps allowedApp-IDs (aai); none: it allows no application
 * @param aes allowedAEs (aae), AE-ID-Stems; none: it allows no AE
 * @param source where it came from
 */
public record AppRule(
    String address,
    List<Wildcard> credentials,
    List<Wildcard> apps,
    List<Wildcard> aes,
    RuleSource source) {
  public AppRule {
    credentials = List.copyOf(credentials);
    apps = List.copyOf(apps);
    aes = List.copyOf(aes);
  }

  /**
   * As the resource has it.
   *
   * @param attributes by their short names
   */
  public static AppRule of(String address, Attributes attributes, RuleSource source) {
    return new AppRule(
        address,
        wildcards(attributes.texts("apci")),
        wildcards(attributes.texts("aai")),
        wildcards(attributes.texts("aae")),
        source);
  }

  private static List<Wildcard> wildcards(List<String> texts) {
    return texts.stream().map(Wildcard::new).toList();
  }
}
