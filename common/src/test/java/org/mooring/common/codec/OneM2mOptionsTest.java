// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.StringOptionDefinition;
import org.eclipse.californium.elements.util.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.vectors.Vectors;

class OneM2mOptionsTest {

  static List<Vectors.Row> numbers() {
    return Vectors.rows("coap-option-numbers.json", "options");
  }

  @Test
  void theTableNamesEveryOption() {
    assertThat(numbers())
        .extracting(row -> row.get("option"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(OneM2mOption.values()).map(OneM2mOption::name).toList());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void bothNumbersAreRegisteredAndReadAsTheSameParameter(Vectors.Row row) {
    OneM2mOption option = OneM2mOption.valueOf(row.get("option"));
    for (String column : List.of("current", "legacy")) {
      OptionDefinition definition =
          CoapBinding.optionRegistry().getDefinitionByNumber(row.number(column));
      Request request = new Request(CoAP.Code.GET);
      boolean text = row.get("format").equals("text");
      request.getOptions().addOption(text ? definition.create("v1") : definition.create(201));

      OneM2mOptions options = OneM2mOptions.of(Wire.carry(request).getOptions());

      assertThat(definition instanceof StringOptionDefinition).isEqualTo(text);
      assertThat(options.has(option)).isTrue();
      if (text) {
        assertThat(options.text(option)).hasValue("v1");
      } else {
        assertThat(options.number(option)).hasValue(201);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void everyCurrentNumberIsCriticalAndUnsafeAsDeclared(Vectors.Row row) {
    assertThat(OptionNumberRegistry.isCritical(row.number("current"))).isTrue();
    assertThat(OptionNumberRegistry.isUnsafe(row.number("current"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(OptionGeneration.class)
  void theGenerationOfARequestIsRecognised(OptionGeneration generation) {
    Request request = new Request(CoAP.Code.GET);
    OneM2mOptionWriter writer = new OneM2mOptionWriter(request.getOptions(), generation);
    writer.add(OneM2mOption.RELEASE_VERSION, "3");
    writer.add(OneM2mOption.REQUEST_IDENTIFIER, "r1");

    assertThat(OneM2mOptions.of(request.getOptions()).generation()).isEqualTo(generation);
  }

  @Test
  void sharedNumbersAloneCountAsTheCurrentGeneration() {
    Request request = new Request(CoAP.Code.GET);
    new OneM2mOptionWriter(request.getOptions(), OptionGeneration.LEGACY)
        .add(OneM2mOption.RELEASE_VERSION, "3");

    assertThat(OneM2mOptions.of(request.getOptions()).generation())
        .isEqualTo(OptionGeneration.CURRENT);
  }

  @Test
  void aNumberTakesNoMoreOctetsThanItNeeds() {
    OptionDefinition type = OneM2mOption.RESOURCE_TYPE.definition(OptionGeneration.CURRENT);

    assertThat(type.create(0).getValue()).isEqualTo(Bytes.EMPTY);
    assertThat(type.create(3).getValue()).containsExactly(3);
    assertThat(type.create(10001).getValue()).containsExactly(0x27, 0x11);
  }

  @Test
  void anUnreadableTextIsRefusedButDoesNotHinderTheAnswer() {
    Request request = new Request(CoAP.Code.GET);
    OptionDefinition identifier =
        OneM2mOption.REQUEST_IDENTIFIER.definition(OptionGeneration.CURRENT);
    request.getOptions().addOption(identifier.create(new byte[] {(byte) 0xFF}));
    OneM2mOptions options = OneM2mOptions.of(request.getOptions());

    assertThatThrownBy(() -> options.text(OneM2mOption.REQUEST_IDENTIFIER))
        .isInstanceOf(RefusedException.class);
    assertThat(options.readableText(OneM2mOption.REQUEST_IDENTIFIER)).isEmpty();
  }
}
