// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

/**
 * One row of the table: an attribute of a resource type and how requests may carry it.
 *
 * @param name the short name
 * @param longName the name in the standard, for messages to people
 * @param type its data type
 * @param onCreate its presence in a CREATE request
 * @param onUpdate its presence in an UPDATE request
 * @param removable whether an UPDATE may remove it with {@code null} (multiplicity 0..1)
 */
public record AttributePolicy(
    String name,
    String longName,
    AttributeType type,
    Presence onCreate,
    Presence onUpdate,
    boolean removable) {

  /** An attribute a client may give at any time and take away. */
  static AttributePolicy optional(String name, String longName, AttributeType type) {
    return new AttributePolicy(name, longName, type, Presence.OPTIONAL, Presence.OPTIONAL, true);
  }

  /** An attribute that a client gives on creation, or not at all. */
  static AttributePolicy onceOptional(String name, String longName, AttributeType type) {
    return new AttributePolicy(
        name, longName, type, Presence.OPTIONAL, Presence.NOT_PERMITTED, false);
  }

  /** An attribute that a client must give on creation and may change. */
  static AttributePolicy mandatory(String name, String longName, AttributeType type) {
    return new AttributePolicy(name, longName, type, Presence.MANDATORY, Presence.OPTIONAL, false);
  }

  /** An attribute that a client must give on creation and never again. */
  static AttributePolicy onceMandatory(String name, String longName, AttributeType type) {
    return new AttributePolicy(
        name, longName, type, Presence.MANDATORY, Presence.NOT_PERMITTED, false);
  }

  /** An attribute that only the server sets. */
  static AttributePolicy assigned(String name, String longName, AttributeType type) {
    return new AttributePolicy(
        name, longName, type, Presence.NOT_PERMITTED, Presence.NOT_PERMITTED, false);
  }

  /** An attribute that only the server makes and that each UPDATE has to carry. */
  static AttributePolicy reported(String name, String longName, AttributeType type) {
    return new AttributePolicy(
        name, longName, type, Presence.NOT_PERMITTED, Presence.MANDATORY, false);
  }

  /** An attribute whose feature is not offered. */
  static AttributePolicy unsupported(String name, String longName) {
    return new AttributePolicy(
        name, longName, AttributeType.ANY, Presence.UNSUPPORTED, Presence.UNSUPPORTED, false);
  }
}
