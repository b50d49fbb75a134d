// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/** Tokens to attributes. Each method starts on a value's first token and ends on its last. */
final class ContentReader {
  /** What a short name can look like; other names are not repeated to the originator. */
  private static final Pattern PRINTABLE_NAME = Pattern.compile("[A-Za-z0-9:._-]{1,64}");

  /** Tag of a string that stands for an earlier one (RFC 8949 registry, stringref). */
  private static final int STRING_REFERENCE = 25;

  /**
   * What the CBOR parser puts for octets that are no UTF-8 in a name given as a byte string. Names
   * that differ there would become one, and be written up to three times as long as they came. A
   * name that spells it out is refused alike.
   */
  private static final char REPLACEMENT = '\uFFFD';

  private ContentReader() {}

  /** The members of the object whose start was just read. */
  static Attributes readMembers(JsonParser parser) throws IOException {
    Attributes.Builder members = Attributes.builder();
    // Kept here rather than by the parser, whose exception does not say which member it was.
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (parser.currentToken() != JsonToken.FIELD_NAME) {
        throw endsEarly();
      }
      String name = readName(parser);
      if (!seen.add(name)) {
        throw Refusal.MALFORMED_CONTENT.of(subject(name) + " given twice");
      }
      parser.nextToken();
      members.put(name, readValue(parser, name));
    }
    return members.build();
  }

  private static String readName(JsonParser parser) throws IOException {
    String name = parser.currentName();
    if (isReference(parser)) {
      throw Refusal.MALFORMED_CONTENT.of("Content member, a reference to another text");
    }
    if (!isWellFormed(name)) {
      throw Refusal.MALFORMED_CONTENT.of("Content member, a text with half a surrogate pair");
    }
    if (name.indexOf(REPLACEMENT) >= 0) {
      throw Refusal.MALFORMED_CONTENT.of("Content member, a name that is no UTF-8");
    }
    return name;
  }

  private static AttributeValue readValue(JsonParser parser, String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw endsEarly();
    }
    return switch (token) {
      case START_OBJECT -> new AttributeValue.Members(readMembers(parser));
      case START_ARRAY -> readItems(parser, name);
      case VALUE_STRING -> readText(parser, name);
      case VALUE_NUMBER_INT -> readWhole(parser, name);
      case VALUE_NUMBER_FLOAT -> readDecimal(parser, name);
      case VALUE_TRUE -> AttributeValue.of(true);
      case VALUE_FALSE -> AttributeValue.of(false);
      case VALUE_NULL -> AttributeValue.Nothing.NOTHING;
      case VALUE_EMBEDDED_OBJECT -> readOctets(parser, name);
      default -> throw Refusal.MALFORMED_CONTENT.of(subject(name));
    };
  }

  private static AttributeValue readItems(JsonParser parser, String name) throws IOException {
    List<AttributeValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(readValue(parser, name));
    }
    return new AttributeValue.Items(items);
  }

  private static AttributeValue readText(JsonParser parser, String name) throws IOException {
    refuseReference(parser, name);
    String text = parser.getText();
    if (!isWellFormed(text)) {
      throw Refusal.MALFORMED_CONTENT.of(subject(name) + ", a text with half a surrogate pair");
    }
    return AttributeValue.of(text);
  }

  private static AttributeValue readOctets(JsonParser parser, String name) throws IOException {
    refuseReference(parser, name);
    return new AttributeValue.Octets(parser.getBinaryValue());
  }

  private static AttributeValue readWhole(JsonParser parser, String name) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw Refusal.MALFORMED_CONTENT.of(subject(name) + ", a number of more than 64 bits");
    }
    return AttributeValue.of(parser.getLongValue());
  }

  private static AttributeValue readDecimal(JsonParser parser, String name) throws IOException {
    double number = parser.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw Refusal.MALFORMED_CONTENT.of(subject(name) + ", a number that is not finite");
    }
    return new AttributeValue.Decimal(number);
  }

  private static void refuseReference(JsonParser parser, String name) {
    if (isReference(parser)) {
      throw Refusal.MALFORMED_CONTENT.of(subject(name) + ", a reference to another text");
    }
  }

  /** Three octets that repeat a text of thousands would grow as often as they are written. */
  private static boolean isReference(JsonParser parser) {
    return parser instanceof CBORParser cbor && cbor.getCurrentTags().contains(STRING_REFERENCE);
  }

  /** A JSON escape can name half of a surrogate pair, which no UTF-8 can carry on. */
  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static RefusedException endsEarly() {
    return Refusal.MALFORMED_CONTENT.of("Content that ends early");
  }

  private static String subject(String name) {
    return PRINTABLE_NAME.matcher(name).matches() ? "Content member " + name : "Content member";
  }
}
