// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * The names, which are the resourceIDs too, under which the IN-CSE has what enrolment and
 * application association imply. They follow from what implies them, so that whoever looks for it
 * reads one resource, however many there are; nothing else is named so.
 */
public final class ImpliedNames {
  /** What they all begin with. */
  public static final String PREFIX = "implied.";

  private static final String NODE = PREFIX + "node.";

  private ImpliedNames() {}

  /** The {@code <serviceSubscribedNode>} of an enrolled CSE, or of an AE without one. */
  public static String ofNode(EntityId entity) {
    return NODE + (entity instanceof CseId cse ? cse.stem() : ((AeId) entity).stem());
  }

  /** Whether a name is one of these. */
  public static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  /** Whether a name is that of a {@code <serviceSubscribedNode>}. */
  public static boolean isOfNode(String name) {
    return name.startsWith(NODE);
  }

  /**
   * The {@code <serviceSubscribedAppRule>} of an enrolled application. Its stem begins with S or C,
   * which no hexadecimal digit in lower case is.
   */
  public static String ofRule(AeId ae) {
    return PREFIX + ae.stem();
  }

  /** That of an associated instance. */
  public static String ofRule(KeyIdentifier kaId) {
    return PREFIX + kaId.relative().toLowerCase(Locale.ROOT);
  }

  /** Those that may let a registration in: of its key with the MAF, and of its AE-ID-Stem. */
  public static List<String> ofRules(AeRegistration registration) {
    Stream<String> ofKey =
        registration
            .credential()
            .flatMap(CredentialId::keyTowardMaf)
            .map(ImpliedNames::ofRule)
            .stream();
    Stream<String> ofAe =
        AeRegistration.asksForStem(registration.from())
            ? Stream.empty()
            : Stream.of(ofRule(new AeId(registration.from())));
    return Stream.concat(ofKey, ofAe).toList();
  }

  /** Where a rule of this name came from. */
  public static RuleSource sourceOf(String name) {
    if (!isOne(name)) {
      return RuleSource.OPERATOR;
    }
    return AeId.isValid(name.substring(PREFIX.length()))
        ? RuleSource.ENROLMENT
        : RuleSource.ASSOCIATION;
  }
}
