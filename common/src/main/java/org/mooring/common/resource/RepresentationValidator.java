// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.function.Function;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;

/**
 * Checks a representation against the rows of its type (TS-0004 clauses 7.3.3.3 and 7.3.3.4): each
 * refusal names the attribute.
 */
public final class RepresentationValidator {
  private RepresentationValidator() {}

  /**
   * The attributes of a CREATE in their normal form. A {@code creator} of {@code null} stays in as
   * the wish to have one; it allows no other value.
   */
  public static Attributes forCreate(ResourcePolicy policy, Representation content) {
    Attributes given = membersOf(policy, content);
    Attributes.Builder accepted = Attributes.builder();
    given
        .asMap()
        .forEach(
            (name, value) -> {
              AttributePolicy row = rowOf(policy, name);
              requirePermitted(row, row.onCreate());
              accepted.put(name, normalized(row, value));
            });
    requireMandatory(policy, given, AttributePolicy::onCreate);
    return accepted.build();
  }

  /** The attributes of an UPDATE in their normal form; {@code null} ones are to be removed. */
  public static Attributes forUpdate(ResourcePolicy policy, Representation content) {
    Attributes given = membersOf(policy, content);
    if (given.isEmpty()) {
      throw Refusal.MISSING_ATTRIBUTE.of(policy.type().name());
    }
    Attributes.Builder accepted = Attributes.builder();
    given
        .asMap()
        .forEach(
            (name, value) -> {
              AttributePolicy row = rowOf(policy, name);
              requirePermitted(row, row.onUpdate());
              boolean removes = value == AttributeValue.Nothing.NOTHING && row.removable();
              accepted.put(name, removes ? value : normalized(row, value));
            });
    requireMandatory(policy, given, AttributePolicy::onUpdate);
    return accepted.build();
  }

  private static void requireMandatory(
      ResourcePolicy policy, Attributes given, Function<AttributePolicy, Presence> presence) {
    for (AttributePolicy row : policy.attributes()) {
      if (presence.apply(row) == Presence.MANDATORY && !given.has(row.name())) {
        throw Refusal.MISSING_ATTRIBUTE.of(subject(row));
      }
    }
  }

  private static Attributes membersOf(ResourcePolicy policy, Representation content) {
    if (!content.root().equals(policy.type().root())
        || !(content.value() instanceof AttributeValue.Members)) {
      throw Refusal.MALFORMED_CONTENT.of(policy.type().root());
    }
    return content.attributes();
  }

  private static AttributePolicy rowOf(ResourcePolicy policy, String name) {
    return policy.attribute(name).orElseThrow(() -> Refusal.UNKNOWN_ATTRIBUTE.of(printable(name)));
  }

  private static void requirePermitted(AttributePolicy row, Presence presence) {
    if (presence == Presence.NOT_PERMITTED) {
      throw Refusal.NOT_PERMITTED_ATTRIBUTE.of(subject(row));
    }
    if (presence == Presence.UNSUPPORTED) {
      throw Refusal.UNSUPPORTED_ATTRIBUTE.of(subject(row));
    }
  }

  private static AttributeValue normalized(AttributePolicy row, AttributeValue value) {
    return row.type()
        .normalize(value)
        .orElseThrow(() -> Refusal.INVALID_ATTRIBUTE.of(subject(row)));
  }

  private static String subject(AttributePolicy row) {
    return row.name() + " (" + row.longName() + ")";
  }

  /** An unknown name comes from outside: keep what is shown of it short and visible. */
  private static String printable(String name) {
    String visible = name.replaceAll("[^\\x21-\\x7E]", "?");
    return visible.length() > 32 ? visible.substring(0, 32) + "…" : visible;
  }
}
