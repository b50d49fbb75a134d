// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Arrays;
import java.util.List;

/** A value in a representation, in the data model that JSON and CBOR share (TS-0004 clause 8.4). */
public sealed interface AttributeValue {

  /** A string. */
  record Text(String value) implements AttributeValue {}

  /** An integer. */
  record Whole(long value) implements AttributeValue {}

  /** A number with a fraction. */
  record Decimal(double value) implements AttributeValue {}

  /** A boolean. */
  record Flag(boolean value) implements AttributeValue {}

  /** Octets: a byte string in CBOR, base64 in JSON. They may be a key's and never show. */
  @SuppressWarnings("ArrayRecordComponent") // copied on its way in and out, compared by content
  record Octets(byte[] value) implements AttributeValue {
    public Octets {
      value = value.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Octets that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Octets[" + value.length + "]";
    }
  }

  /** A list. */
  record Items(List<AttributeValue> values) implements AttributeValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** An object. */
  record Members(Attributes attributes) implements AttributeValue {}

  /** null: in an UPDATE, the attribute is to be removed. */
  enum Nothing implements AttributeValue {
    NOTHING
  }

  static AttributeValue of(String text) {
    return new Text(text);
  }

  static AttributeValue of(long number) {
    return new Whole(number);
  }

  static AttributeValue of(boolean flag) {
    return new Flag(flag);
  }

  static AttributeValue ofTexts(List<String> texts) {
    return new Items(texts.stream().map(AttributeValue::of).toList());
  }
}
