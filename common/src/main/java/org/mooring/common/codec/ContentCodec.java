// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;

/**
 * The content of primitives as JSON (TS-0004 clause 8.4) and CBOR (8.5), both streamed through one
 * procedure.
 *
 * <p>Reading is strict: one value and nothing behind it, no member twice, no number that a long or
 * a finite double can not hold, well-formed Unicode, names of at most {@value #MAX_NAME_LENGTH}
 * octets of UTF-8, at most {@value #MAX_DEPTH} levels. JSON has no octets, so they are written as
 * base64 text and come back as text, which the attribute's type decides; byte strings of CBOR stay
 * octets, names given as byte strings become text (the standard's own example in 8.5.2 has both),
 * so they have to be UTF-8.
 */
public final class ContentCodec {
  /** Levels of objects and lists, the outermost counted. */
  public static final int MAX_DEPTH = 16;

  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_STRING_LENGTH = 4 * 1024 * 1024;
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxNameLength(MAX_NAME_LENGTH)
          .maxNumberLength(MAX_NUMBER_LENGTH)
          .maxStringLength(MAX_STRING_LENGTH)
          .build();

  // Names come from peers: interned they would stay for the life of the process.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();
  private static final JsonFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private ContentCodec() {}

  /**
   * Reads an object with exactly one member, the root.
   *
   * @throws RefusedException MALFORMED_CONTENT naming the member at fault, never a value
   */
  public static Representation read(Serialization serialization, byte[] bytes) {
    Map<String, AttributeValue> members = readAttributes(serialization, bytes).asMap();
    if (members.size() != 1) {
      throw Refusal.MALFORMED_CONTENT.of("Content with " + members.size() + " roots");
    }
    Map.Entry<String, AttributeValue> root = members.entrySet().iterator().next();
    return new Representation(root.getKey(), root.getValue());
  }

  /** The content as the only member of an object. */
  public static byte[] write(Serialization serialization, Representation representation) {
    return writeAttributes(
        serialization,
        Attributes.builder().put(representation.root(), representation.value()).build());
  }

  /**
   * Reads an object without a root, as records at rest are kept.
   *
   * @throws RefusedException MALFORMED_CONTENT naming the member at fault, never a value
   */
  public static Attributes readAttributes(Serialization serialization, byte[] bytes) {
    try (JsonParser parser = factory(serialization).createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.MALFORMED_CONTENT.of("Content that is no object");
      }
      Attributes attributes = ContentReader.readMembers(parser);
      if (parser.nextToken() != null) {
        throw Refusal.MALFORMED_CONTENT.of("Content with something behind its end");
      }
      return attributes;
    } catch (IOException e) {
      // The parser's message quotes the input, which may hold a key.
      throw Refusal.MALFORMED_CONTENT.of("Content");
    }
  }

  /** The attributes as an object, in their order; lengths are definite in CBOR. */
  public static byte[] writeAttributes(Serialization serialization, Attributes attributes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = factory(serialization).createGenerator(bytes)) {
      writeMembers(generator, attributes.asMap());
    } catch (IOException e) {
      throw new IllegalArgumentException("content: a text is no well-formed Unicode");
    }
    return bytes.toByteArray();
  }

  private static JsonFactory factory(Serialization serialization) {
    return switch (serialization) {
      case JSON -> JSON;
      case CBOR -> CBOR;
    };
  }

  private static void writeMembers(JsonGenerator generator, Map<String, AttributeValue> members)
      throws IOException {
    generator.writeStartObject(members, members.size());
    for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
      generator.writeFieldName(member.getKey());
      writeValue(generator, member.getValue());
    }
    generator.writeEndObject();
  }

  private static void writeItems(JsonGenerator generator, List<AttributeValue> items)
      throws IOException {
    generator.writeStartArray(items, items.size());
    for (AttributeValue item : items) {
      writeValue(generator, item);
    }
    generator.writeEndArray();
  }

  private static void writeValue(JsonGenerator generator, AttributeValue value) throws IOException {
    if (value instanceof AttributeValue.Text text) {
      generator.writeString(text.value());
    } else if (value instanceof AttributeValue.Whole whole) {
      generator.writeNumber(whole.value());
    } else if (value instanceof AttributeValue.Decimal decimal) {
      generator.writeNumber(finite(decimal.value()));
    } else if (value instanceof AttributeValue.Flag flag) {
      generator.writeBoolean(flag.value());
    } else if (value instanceof AttributeValue.Octets octets) {
      generator.writeBinary(octets.value());
    } else if (value instanceof AttributeValue.Items items) {
      writeItems(generator, items.values());
    } else if (value instanceof AttributeValue.Members members) {
      writeMembers(generator, members.attributes().asMap());
    } else {
      generator.writeNull();
    }
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("content: a number is not finite");
    }
    return number;
  }
}
