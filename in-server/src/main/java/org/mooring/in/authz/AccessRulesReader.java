// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/**
 * Reads m2m:setOfAcrs (TS-0004 clauses 6.3.5.26 to 6.3.5.28). Whatever is in a rule is understood
 * or refused: a condition that nobody looks at would allow too much.
 */
public final class AccessRulesReader {
  private static final Set<String> RULE = Set.of("acor", "acop", "acco", "acaf", "acod");
  private static final String LOCATION = "aclr";
  private static final Set<String> CONTEXT = Set.of("actw", "acip", LOCATION);
  private static final Set<String> ADDRESSES = Set.of("ipv4", "ipv6");
  private static final String SPECIALIZATION = "spty";
  private static final int MOST_ENTRIES = 64;

  /** Of these lists fewer: each entry has lists of its own, or is dear to compare with. */
  private static final Map<String, Integer> FEWER =
      Map.of("acco", 16, "acod", 16, "actw", 16, "ipv4", 16, "ipv6", 16);

  private static final Set<String> DETAILS = Set.of("ty", SPECIALIZATION, "chty");

  private final OriginatorReader originators;

  /**
   * @param sp the provider that SP-relative identifiers belong to
   * @param own the SP-relative CSE-ID of the CSE that hosts the rules
   */
  public AccessRulesReader(SpId sp, CseId own) {
    this.originators = new OriginatorReader(sp, own);
  }

  /**
   * Reads a set.
   *
   * @param source where it stands, for people: the attribute in messages, or an address
   * @param set the value of the attribute
   * @throws RefusedException INVALID_ATTRIBUTE for a rule that is none and for more than 64 rules,
   *     originators or types, 16 contexts, times, addresses or details; UNSUPPORTED_CONDITION for a
   *     condition that can not be checked here; both name the element
   */
  public AccessRules read(String source, Attributes set) {
    requireKnown(source, set, Set.of("acr"));
    List<AccessControlRule> rules = new ArrayList<>();
    for (AttributeValue rule : items(source, set, "acr")) {
      rules.add(rule(source + " rule " + (rules.size() + 1), object(source, rule)));
    }
    return new AccessRules(source, rules);
  }

  private AccessControlRule rule(String subject, Attributes rule) {
    requireKnown(subject, rule, RULE);
    return new AccessControlRule(
        some(subject, rule, "acor", entry -> originator(subject, entry)),
        operations(subject, rule),
        optional(subject, rule, "acco", entry -> context(subject, object(subject, entry))),
        isForAuthenticated(subject, rule),
        optional(subject, rule, "acod", entry -> details(subject, object(subject, entry))));
  }

  private AccessControlOriginator originator(String subject, AttributeValue entry) {
    try {
      return originators.read(text(subject + " acor", entry));
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_ATTRIBUTE.of(
          subject
              + " acor, which takes all, Role-IDs, M2M-SP-IDs, CSE-IDs and AE-IDs, and no <group>");
    }
  }

  private static Set<AccessControlOperation> operations(String subject, Attributes rule) {
    OptionalLong sum = rule.whole("acop");
    if (sum.isEmpty() || sum.getAsLong() < 1 || sum.getAsLong() > AccessControlOperation.ALL) {
      throw invalid(subject + " acop");
    }
    return AccessControlOperation.in(sum.getAsLong());
  }

  private static boolean isForAuthenticated(String subject, Attributes rule) {
    return rule.has("acaf") && rule.flag("acaf").orElseThrow(() -> invalid(subject + " acaf"));
  }

  private static AccessControlContext context(String subject, Attributes context) {
    requireKnown(subject + " acco", context, CONTEXT);
    if (context.has(LOCATION)) {
      throw Refusal.UNSUPPORTED_CONDITION.of(subject + " aclr (accessControlLocationRegion)");
    }
    if (context.isEmpty()) {
      throw invalid(subject + " acco without a condition");
    }
    return new AccessControlContext(
        optional(
            subject, context, "actw", entry -> found(subject, "actw", entry, ScheduleEntry::read)),
        addresses(subject, context));
  }

  private static List<AddressRange> addresses(String subject, Attributes context) {
    if (!context.has("acip")) {
      return List.of();
    }
    Attributes given = context.members("acip").orElseThrow(() -> invalid(subject + " acip"));
    requireKnown(subject + " acip", given, ADDRESSES);
    List<AddressRange> ranges =
        new ArrayList<>(
            optional(
                subject,
                given,
                "ipv4",
                entry -> found(subject, "ipv4", entry, AddressRange::ofIpv4)));
    ranges.addAll(
        optional(
            subject, given, "ipv6", entry -> found(subject, "ipv6", entry, AddressRange::ofIpv6)));
    if (ranges.isEmpty()) {
      throw invalid(subject + " acip without an address");
    }
    return ranges;
  }

  private static AccessControlObjectDetails details(String subject, Attributes details) {
    requireKnown(subject + " acod", details, DETAILS);
    if (details.has(SPECIALIZATION)) {
      throw Refusal.UNSUPPORTED_CONDITION.of(subject + " spty (specializationType)");
    }
    OptionalInt target =
        details.has("ty")
            ? OptionalInt.of(type(subject + " ty", details.get("ty").orElseThrow()))
            : OptionalInt.empty();
    List<Integer> children =
        some(subject, details, "chty", entry -> type(subject + " chty", entry));
    return new AccessControlObjectDetails(target, new HashSet<>(children));
  }

  private static int type(String subject, AttributeValue entry) {
    if (entry instanceof AttributeValue.Whole whole
        && whole.value() > 0
        && whole.value() <= Integer.MAX_VALUE) {
      return (int) whole.value();
    }
    throw invalid(subject);
  }

  /** A list with at least one member. */
  private static <T> List<T> some(
      String subject, Attributes attributes, String name, Function<AttributeValue, T> reader) {
    List<AttributeValue> items = items(subject, attributes, name);
    if (items.isEmpty()) {
      throw invalid(subject + " " + name);
    }
    return items.stream().map(reader).toList();
  }

  /** The same, or none where there is no such element. */
  private static <T> List<T> optional(
      String subject, Attributes attributes, String name, Function<AttributeValue, T> reader) {
    return attributes.has(name) ? some(subject, attributes, name, reader) : List.of();
  }

  private static List<AttributeValue> items(String subject, Attributes attributes, String name) {
    Optional<AttributeValue> value = attributes.get(name);
    if (value.isPresent() && !(value.get() instanceof AttributeValue.Items)) {
      throw invalid(subject + " " + name);
    }
    List<AttributeValue> items =
        value.map(given -> ((AttributeValue.Items) given).values()).orElse(List.of());
    int most = FEWER.getOrDefault(name, MOST_ENTRIES);
    if (items.size() > most) {
      throw invalid(subject + " " + name + " of more than " + most + " entries");
    }
    return items;
  }

  private static Attributes object(String subject, AttributeValue value) {
    if (value instanceof AttributeValue.Members members) {
      return members.attributes();
    }
    throw invalid(subject);
  }

  private static <T> T found(
      String subject, String name, AttributeValue entry, Function<String, Optional<T>> reader) {
    String place = subject + " " + name;
    return reader.apply(text(place, entry)).orElseThrow(() -> invalid(place));
  }

  private static String text(String subject, AttributeValue entry) {
    if (entry instanceof AttributeValue.Text text) {
      return text.value();
    }
    throw invalid(subject);
  }

  private static void requireKnown(String subject, Attributes given, Set<String> known) {
    if (!known.containsAll(given.names())) {
      throw Refusal.UNKNOWN_ATTRIBUTE.of(subject);
    }
  }

  private static RefusedException invalid(String subject) {
    return Refusal.INVALID_ATTRIBUTE.of(subject);
  }
}
