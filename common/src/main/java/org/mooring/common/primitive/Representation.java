// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

/**
 * The content of a primitive: one named value (TS-0004 clause 7.5.2), such as {@code
 * {"m2m:cnt":{…}}} or {@code {"m2m:dbg":"…"}}.
 *
 * @param root the member's name with its prefix
 * @param value an object for resources, a string or list for addresses and debug information
 */
public record Representation(String root, AttributeValue value) {
  /** Root of the debug information in an error (TS-0004 clause 7.5.2). */
  public static final String DEBUG_INFO = "m2m:dbg";

  /**
   * Root of the answer to {@code /.well-known/core}: a text in CoRE link format (RFC 6690), which
   * travels bare and never as JSON or CBOR.
   */
  public static final String LINK_FORMAT = "link-format";

  public static Representation of(String root, Attributes attributes) {
    return new Representation(root, new AttributeValue.Members(attributes));
  }

  public static Representation of(String root, String text) {
    return new Representation(root, AttributeValue.of(text));
  }

  /** The members of the value; none if it is no object. */
  public Attributes attributes() {
    return value instanceof AttributeValue.Members members ? members.attributes() : Attributes.NONE;
  }

  @Override
  public String toString() {
    return "Representation[" + root + "]";
  }
}
