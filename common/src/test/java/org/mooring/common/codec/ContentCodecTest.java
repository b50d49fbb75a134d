// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.vectors.Vectors;

class ContentCodecTest {
  private static final String FILE = "content-codec-vectors.json";

  static List<Vectors.Row> sameContent() {
    return Vectors.rows(FILE, "sameContent");
  }

  static List<Vectors.Row> malformed() {
    return Vectors.rows(FILE, "malformed");
  }

  @ParameterizedTest
  @MethodSource("sameContent")
  void jsonAndCborOfOneContentAreWrittenAndReadAlike(Vectors.Row row) {
    byte[] json = row.get("json").getBytes(StandardCharsets.UTF_8);
    byte[] cbor = HexFormat.of().parseHex(row.get("cbor"));

    Representation content = ContentCodec.read(Serialization.JSON, json);

    assertThat(ContentCodec.read(Serialization.CBOR, cbor)).isEqualTo(content);
    assertThat(ContentCodec.write(Serialization.JSON, content)).isEqualTo(json);
    assertThat(ContentCodec.write(Serialization.CBOR, content)).isEqualTo(cbor);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedContentIsRefusedWithoutRepeatingIt(Vectors.Row row) {
    byte[] bytes =
        row.has("text")
            ? row.get("text").getBytes(StandardCharsets.UTF_8)
            : HexFormat.of().parseHex(row.get("hex"));

    assertThatThrownBy(() -> ContentCodec.read(Serialization.valueOf(row.get("as")), bytes))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED_CONTENT);
              assertThat(refused.subject()).isEqualTo(row.get("subject"));
              assertThat(refused.getMessage()).doesNotContain("secret");
              assertThat(refused).hasNoCause();
            });
  }

  /** TS-0004 clause 8.5.2 writes names and texts as byte strings, against its own rule. */
  @Test
  void theStandardsExampleIsReadWithNamesAsTextAndValuesAsOctets() {
    byte[] example = HexFormat.of().parseHex(Vectors.rows(FILE, "standard").get(0).get("cbor"));

    Attributes primitive = ContentCodec.readAttributes(Serialization.CBOR, example);

    assertThat(primitive.names()).containsExactlyInAnyOrder("pc", "ty", "to", "rcn", "op", "rqi");
    assertThat(primitive.whole("op")).hasValue(1);
    assertThat(primitive.whole("rcn")).hasValue(7);
    assertThat(primitive.octets("to"))
        .hasValue("//example.net/mncse1234".getBytes(StandardCharsets.UTF_8));
    Attributes ae = primitive.members("pc").orElseThrow().members("m2m:ae").orElseThrow();
    assertThat(ae.names()).containsExactlyInAnyOrder("rn", "api", "apn");
    assertThat(ae.octets("api")).hasValue("Na56".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void octetsAreBase64InJsonAndAByteStringInCbor() {
    byte[] key = {1, 2, 3, 4};
    Representation content =
        Representation.of("sec:skr", Attributes.builder().put("kv", key).build());

    assertThat(ContentCodec.write(Serialization.JSON, content))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"sec:skr\":{\"kv\":\"AQIDBA==\"}}");
    assertThat(ContentCodec.write(Serialization.CBOR, content))
        .asHexString()
        .isEqualTo("A1677365633A736B72A1626B764401020304");
  }

  @Test
  void sixteenLevelsAreReadAndOneMoreIsRefused() {
    String sixteen = "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}";
    String seventeen = "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}";

    assertThat(read(sixteen).root()).isEqualTo("a");
    assertThatThrownBy(() -> read(seventeen)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @EnumSource(Serialization.class)
  void aNameOfTwoHundredFiftySixOctetsIsReadAndOneMoreIsRefused(Serialization serialization) {
    String longest = "n" + "\u20AC".repeat(85);

    assertThat(ContentCodec.read(serialization, named(serialization, longest)).root())
        .isEqualTo(longest);
    assertThatThrownBy(() -> ContentCodec.read(serialization, named(serialization, longest + "n")))
        .isInstanceOf(RefusedException.class);
  }

  private static byte[] named(Serialization serialization, String name) {
    return ContentCodec.write(serialization, new Representation(name, AttributeValue.of(true)));
  }

  @Test
  void aNumberThatIsNotFiniteIsNotWritten() {
    Representation content = new Representation("a", new AttributeValue.Decimal(Double.NaN));

    assertThatThrownBy(() -> ContentCodec.write(Serialization.JSON, content))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "50, JSON",
    "10001, JSON",
    "10003, JSON",
    "10007, JSON",
    "10009, JSON",
    "60, CBOR",
    "10010, CBOR",
    "10011, CBOR",
    "10012, CBOR",
    "10013, CBOR"
  })
  void everyAcceptedContentFormatHasItsSerialization(int format, Serialization serialization) {
    assertThat(Serialization.ofContentFormat(format)).hasValue(serialization);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 40, 41, 42, 10000, 10002, 10014, 10015})
  void otherContentFormatsHaveNone(int format) {
    assertThat(Serialization.ofContentFormat(format)).isEmpty();
  }

  @Property
  void cborGivesBackWhatWasWritten(@ForAll("representations") Representation content) {
    assertThat(
            ContentCodec.read(Serialization.CBOR, ContentCodec.write(Serialization.CBOR, content)))
        .isEqualTo(content);
  }

  @Property
  void jsonGivesBackWhatWasWrittenWithOctetsAsBase64(
      @ForAll("representations") Representation content) {
    assertThat(
            ContentCodec.read(Serialization.JSON, ContentCodec.write(Serialization.JSON, content)))
        .isEqualTo(new Representation(content.root(), withBase64(content.value())));
  }

  @Property
  void arbitraryOctetsAreReadOrRefusedAndNothingElse(
      @ForAll byte[] octets, @ForAll Serialization serialization) {
    try {
      Representation content = ContentCodec.read(serialization, octets);
      assertThat(ContentCodec.read(serialization, ContentCodec.write(serialization, content)))
          .isNotNull();
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED_CONTENT);
    }
  }

  @Property
  void aNameGivenAsOctetsIsReadAndWrittenIfItIsUtf8(@ForAll("namesAsOctets") byte[] name) {
    byte[] cbor = mapWithOneMember(name);
    String text = new String(name, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name)) {
      Representation content = ContentCodec.read(Serialization.CBOR, cbor);
      assertThat(content.root()).isEqualTo(text);
      for (Serialization serialization : Serialization.values()) {
        byte[] written = ContentCodec.write(serialization, content);
        assertThat(ContentCodec.read(serialization, written)).isEqualTo(content);
      }
    } else {
      assertThatThrownBy(() -> ContentCodec.read(Serialization.CBOR, cbor))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("no UTF-8");
    }
  }

  /** The name as a byte string with two octets of length, the value true. */
  private static byte[] mapWithOneMember(byte[] name) {
    return ByteBuffer.allocate(name.length + 5)
        .put((byte) 0xA1)
        .put((byte) 0x59)
        .putShort((short) name.length)
        .put(name)
        .put((byte) 0xF5)
        .array();
  }

  @Provide
  Arbitrary<byte[]> namesAsOctets() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(256),
        Arbitraries.strings()
            .excludeChars('\uFFFD')
            .ofMaxLength(85)
            .map(text -> text.getBytes(StandardCharsets.UTF_8)));
  }

  @Property
  void aTextIsReadIfUtf8CanCarryItOn(@ForAll("halvesOfPairs") String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    byte[] json = ("{\"m2m:dbg\":\"" + escaped + "\"}").getBytes(StandardCharsets.UTF_8);
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      assertThat(ContentCodec.read(Serialization.JSON, json).value())
          .isEqualTo(AttributeValue.of(text));
    } else {
      assertThatThrownBy(() -> ContentCodec.read(Serialization.JSON, json))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("surrogate");
    }
  }

  @Provide
  Arbitrary<String> halvesOfPairs() {
    return Arbitraries.strings().withChars("a\uD7FF\uD800\uDBFF\uDC00\uDFFF\uE000").ofMaxLength(6);
  }

  @Property
  void contentCutShortIsRefused(
      @ForAll("representations") Representation content,
      @ForAll Serialization serialization,
      @ForAll int where) {
    byte[] whole = ContentCodec.write(serialization, content);
    byte[] cut = Arrays.copyOf(whole, Math.floorMod(where, whole.length));

    assertThatThrownBy(() -> ContentCodec.read(serialization, cut))
        .isInstanceOf(RefusedException.class);
  }

  @Provide
  Arbitrary<Representation> representations() {
    return Combinators.combine(names(), values(3)).as(Representation::new);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abcdefghijklmnopqrstuvwxyz:")
        .ofMinLength(1)
        .ofMaxLength(9);
  }

  private static Arbitrary<AttributeValue> values(int depth) {
    Arbitrary<AttributeValue> leaf =
        Arbitraries.oneOf(
            texts().map(AttributeValue.Text::new),
            Arbitraries.longs().map(AttributeValue.Whole::new),
            Arbitraries.doubles().filter(Double::isFinite).map(AttributeValue.Decimal::new),
            Arbitraries.of(true, false).map(AttributeValue.Flag::new),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(AttributeValue.Octets::new),
            Arbitraries.just(AttributeValue.Nothing.NOTHING));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<AttributeValue> items =
        values(depth - 1).list().ofMaxSize(4).map(AttributeValue.Items::new);
    Arbitrary<AttributeValue> members =
        Combinators.combine(names(), values(depth - 1))
            .as(Tuple::of)
            .list()
            .ofMaxSize(4)
            .map(
                pairs -> {
                  Attributes.Builder builder = Attributes.builder();
                  pairs.forEach(pair -> builder.put(pair.get1(), pair.get2()));
                  return new AttributeValue.Members(builder.build());
                });
    return Arbitraries.frequencyOf(Tuple.of(3, leaf), Tuple.of(1, items), Tuple.of(2, members));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
  }

  private static AttributeValue withBase64(AttributeValue value) {
    if (value instanceof AttributeValue.Octets octets) {
      return AttributeValue.of(Base64.getEncoder().encodeToString(octets.value()));
    }
    if (value instanceof AttributeValue.Items items) {
      return new AttributeValue.Items(
          items.values().stream().map(ContentCodecTest::withBase64).toList());
    }
    if (value instanceof AttributeValue.Members members) {
      Attributes.Builder builder = Attributes.builder();
      members.attributes().asMap().forEach((name, v) -> builder.put(name, withBase64(v)));
      return new AttributeValue.Members(builder.build());
    }
    return value;
  }

  private static Representation read(String json) {
    return ContentCodec.read(Serialization.JSON, json.getBytes(StandardCharsets.UTF_8));
  }
}
