// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.mooring.common.resource.AttributePolicy.onceMandatory;
import static org.mooring.common.resource.AttributePolicy.onceOptional;
import static org.mooring.common.resource.AttributePolicy.optional;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mooring.common.primitive.AttributeValue;

/**
 * The rows of the M2M service subscription, which an IN-CSE alone hosts (TS-0004 clauses 7.4.19,
 * 7.4.20 and 7.4.29).
 */
final class ServiceSubscriptionResources {
  private static final String PRINTABLE = "[^\\s\\p{Cntrl}]";
  private static final AttributeType WORDS = texts(PRINTABLE + "{1,255}");

  /** An App-ID or a pattern of some, which starts as App-IDs do (TS-0004 clause 7.4.29.2.1). */
  private static final AttributeType APP_ID_PATTERNS = texts("[*RN]" + PRINTABLE + "{0,254}");

  /** An AE-ID-Stem or a pattern of some (TS-0001 clause 9.6.29). */
  private static final AttributeType STEM_PATTERNS =
      texts("\\*[A-Za-z0-9._*-]{0,200}|[CS][A-Za-z0-9._*-]{1,200}");

  /** Links to rules; with none of them nobody may register (TS-0001 clause 9.6.20). */
  private static final AttributeType RULE_LINKS =
      given ->
          given instanceof AttributeValue.Items items && items.values().isEmpty()
              ? Optional.of(given)
              : AttributeType.URIS.normalize(given);

  private ServiceSubscriptionResources() {}

  static ResourcePolicy profile() {
    return new ResourcePolicy(
        CseResources.SERVICE_SUBSCRIPTION_PROFILE,
        CsePolicies.ALL,
        Set.of(CseResources.SUBSCRIBED_NODE.code()),
        CsePolicies.common());
  }

  static ResourcePolicy node() {
    return new ResourcePolicy(
        CseResources.SUBSCRIBED_NODE,
        CsePolicies.ALL,
        Set.of(),
        CsePolicies.rows(
            CsePolicies.common(),
            List.of(
                onceMandatory("ni", "nodeID", AttributeType.URI),
                onceOptional("csi", "CSE-ID", AttributeType.CSE_ID),
                onceOptional("di", "deviceIdentifier", WORDS),
                optional("rlk", "ruleLinks", RULE_LINKS),
                optional("nrq", "niddRequired", AttributeType.BOOLEAN))));
  }

  static ResourcePolicy appRule() {
    return new ResourcePolicy(
        CseResources.SUBSCRIBED_APP_RULE,
        CsePolicies.ALL,
        Set.of(),
        CsePolicies.rows(
            CsePolicies.common(),
            List.of(
                optional("apci", "applicableCredIDs", WORDS),
                optional("aai", "allowedApp-IDs", APP_ID_PATTERNS),
                optional("aae", "allowedAEs", STEM_PATTERNS),
                optional("ari", "allowedRole-IDs", WORDS))));
  }

  private static AttributeType texts(String pattern) {
    return AttributeType.texts(Pattern.compile(pattern).asMatchPredicate());
  }
}
