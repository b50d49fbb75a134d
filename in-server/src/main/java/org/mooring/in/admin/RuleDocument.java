// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ServiceSubscriptions;

/** A {@code <serviceSubscribedAppRule>} in words of the admin API. */
final class RuleDocument {
  /** Attributes of the resource by their members. */
  private static final Map<String, String> ATTRIBUTES = attributes();

  private static final String ROAMING = "roaming";
  private static final String LABELS = "lbl";

  /** The members of an order. */
  private static final Set<String> MEMBERS =
      Stream.concat(ATTRIBUTES.keySet().stream(), Stream.of(ROAMING))
          .collect(Collectors.toUnmodifiableSet());

  private RuleDocument() {}

  private static Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("credentials", "apci");
    attributes.put("apps", "aai");
    attributes.put("aes", "aae");
    attributes.put("roles", "ari");
    return attributes;
  }

  /**
   * @throws AdminException malformed, for elements that no rule can have
   */
  static void require(Attributes elements) {
    OrderMembers.requireKnown(elements, "rule", MEMBERS);
    elements.names().stream()
        .filter(member -> !member.equals(ROAMING))
        .filter(member -> elements.texts(member).isEmpty())
        .findFirst()
        .ifPresent(
            member -> {
              throw AdminException.malformed(member, "give a list of texts or leave it out");
            });
    if (elements.has(ROAMING)) {
      requireRoaming(elements);
    }
  }

  /** What a wildcard lets in is not one AE. */
  private static void requireRoaming(Attributes elements) {
    if (!elements.flag(ROAMING).orElse(false)) {
      throw AdminException.malformed(ROAMING, "give true or leave it out");
    }
    List<String> aes = elements.texts("aes");
    if (aes.isEmpty() || aes.stream().anyMatch(ae -> ae.contains("*"))) {
      throw AdminException.malformed(ROAMING, "name its AEs in full, without '*'");
    }
  }

  /** The elements as attributes; those that are left out are not there. */
  static Attributes toCreate(Attributes elements) {
    Attributes.Builder given = Attributes.builder();
    ATTRIBUTES.forEach(
        (member, attribute) -> {
          if (elements.has(member)) {
            given.put(attribute, elements.texts(member));
          }
        });
    if (elements.has(ROAMING)) {
      given.put(LABELS, List.of(ServiceSubscriptions.ROAMING));
    }
    return given.build();
  }

  /** The elements as changes; those that are left out are removed. */
  static Attributes toUpdate(Attributes elements) {
    Attributes.Builder changes = Attributes.builder();
    Stream.concat(ATTRIBUTES.values().stream(), Stream.of(LABELS))
        .forEach(attribute -> changes.put(attribute, AttributeValue.Nothing.NOTHING));
    return changes.putAll(toCreate(elements)).build();
  }

  /** The document of a rule, with where it came from. */
  static Attributes of(Resource rule) {
    RuleSource source = ServiceSubscriptions.sourceOf(rule);
    Attributes.Builder document =
        Attributes.builder().put("rule", rule.name()).put("source", source.text());
    ATTRIBUTES.forEach(
        (member, attribute) -> {
          List<String> texts = rule.attributes().texts(attribute);
          if (!texts.isEmpty()) {
            document.put(member, texts);
          }
        });
    if (ServiceSubscriptions.isRoaming(rule)) {
      document.put(ROAMING, true);
    }
    if (source.isImplied()) {
      document.put("registrar", rule.provenance().registree());
      ServiceSubscriptions.tokenOf(rule).ifPresent(token -> document.put("token", token));
      ServiceSubscriptions.accessPolicyOf(rule)
          .ifPresent(policy -> document.put("accessPolicy", policy));
    }
    return document.build();
  }
}
