// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ServiceSubscriptions;

/** A {@code <serviceSubscribedAppRule>} in words of the admin API. */
final class RuleDocument {
  /** Attributes of the resource by their members. */
  private static final Map<String, String> ATTRIBUTES = attributes();

  /** The members of an order. */
  static final Set<String> MEMBERS = ATTRIBUTES.keySet();

  private RuleDocument() {}

  private static Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("credentials", "apci");
    attributes.put("apps", "aai");
    attributes.put("aes", "aae");
    attributes.put("roles", "ari");
    return attributes;
  }

  /** The elements as attributes; those that are left out are not there. */
  static Attributes toCreate(Attributes elements) {
    Attributes.Builder given = Attributes.builder();
    elements.names().forEach(name -> given.put(attribute(name), elements.texts(name)));
    return given.build();
  }

  /** The elements as changes; those that are left out are removed. */
  static Attributes toUpdate(Attributes elements) {
    Attributes.Builder changes = Attributes.builder();
    ATTRIBUTES
        .values()
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
    if (source.isImplied()) {
      document.put("registrar", rule.provenance().registree());
      ServiceSubscriptions.tokenOf(rule).ifPresent(token -> document.put("token", token));
      ServiceSubscriptions.accessPolicyOf(rule)
          .ifPresent(policy -> document.put("accessPolicy", policy));
    }
    return document.build();
  }

  private static String attribute(String member) {
    String attribute = ATTRIBUTES.get(member);
    if (attribute == null) {
      throw AdminException.malformed(member, "leave it out");
    }
    return attribute;
  }
}
