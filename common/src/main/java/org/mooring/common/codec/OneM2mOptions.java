// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.option.IntegerOptionDefinition;
import org.eclipse.californium.core.coap.option.MapBasedOptionRegistry;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.OptionRegistry;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/** The oneM2M options of one CoAP message, whichever generation's numbers it used. */
final class OneM2mOptions {
  /** What each number stands for; one that both generations share counts as current. */
  private static final Map<Integer, Place> PLACES = places();

  private final Map<OneM2mOption, List<Option>> current = new EnumMap<>(OneM2mOption.class);
  private final Map<OneM2mOption, List<Option>> legacy = new EnumMap<>(OneM2mOption.class);

  private OneM2mOptions() {}

  private record Place(OneM2mOption option, OptionGeneration generation) {}

  private static Map<Integer, Place> places() {
    Map<Integer, Place> places = new HashMap<>();
    for (OneM2mOption option : OneM2mOption.values()) {
      for (OptionGeneration generation : OptionGeneration.values()) {
        places.putIfAbsent(
            option.definition(generation).getNumber(), new Place(option, generation));
      }
    }
    return Map.copyOf(places);
  }

  /** CoAP's own options and those of both generations, without which the stack answers 4.02. */
  static OptionRegistry registry() {
    List<OptionDefinition> definitions = new ArrayList<>();
    for (OneM2mOption option : OneM2mOption.values()) {
      definitions.add(option.definition(OptionGeneration.CURRENT));
      if (!option.hasOneNumber()) {
        definitions.add(option.definition(OptionGeneration.LEGACY));
      }
    }
    return new MapBasedOptionRegistry(
        StandardOptionRegistry.getDefaultOptionRegistry(),
        definitions.toArray(new OptionDefinition[0]));
  }

  static OneM2mOptions of(OptionSet message) {
    OneM2mOptions found = new OneM2mOptions();
    for (Option given : message.getOthers()) {
      Place place = PLACES.get(given.getNumber());
      if (place != null) {
        Map<OneM2mOption, List<Option>> values =
            place.generation() == OptionGeneration.CURRENT ? found.current : found.legacy;
        values.computeIfAbsent(place.option(), option -> new ArrayList<>(1)).add(given);
      }
    }
    return found;
  }

  boolean isEmpty() {
    return current.isEmpty() && legacy.isEmpty();
  }

  boolean has(OneM2mOption option) {
    return current.containsKey(option) || legacy.containsKey(option);
  }

  /** The generation to answer in: legacy only if nothing but legacy numbers tells them apart. */
  OptionGeneration generation() {
    boolean onlyShared = current.keySet().stream().allMatch(OneM2mOption::hasOneNumber);
    return !legacy.isEmpty() && onlyShared ? OptionGeneration.LEGACY : OptionGeneration.CURRENT;
  }

  /**
   * @throws RefusedException UNKNOWN_OPTION if the option is repeated (RFC 7252 clause 5.4.5),
   *     INVALID_PARAMETER if both generations' numbers occur with different values or the value is
   *     no UTF-8
   */
  Optional<String> text(OneM2mOption option) {
    return single(option).map(value -> decode(option, value.getValue()));
  }

  /** The text where {@link #text} has nothing against it. */
  Optional<String> readableText(OneM2mOption option) {
    try {
      return text(option);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /**
   * @throws RefusedException as {@link #text}
   */
  OptionalInt number(OneM2mOption option) {
    return single(option)
        .map(value -> OptionalInt.of(value.getIntegerValue()))
        .orElse(OptionalInt.empty());
  }

  private Optional<Option> single(OneM2mOption option) {
    Optional<Option> newer = single(option, current);
    Optional<Option> older = single(option, legacy);
    if (newer.isPresent() && older.isPresent() && !sameValue(newer.get(), older.get())) {
      throw Refusal.INVALID_PARAMETER.of(option.parameter());
    }
    return newer.or(() -> older);
  }

  private static Optional<Option> single(
      OneM2mOption option, Map<OneM2mOption, List<Option>> values) {
    List<Option> given = values.getOrDefault(option, List.of());
    if (given.size() > 1) {
      throw Refusal.UNKNOWN_OPTION.of(option.parameter());
    }
    return given.stream().findFirst();
  }

  private static boolean sameValue(Option one, Option other) {
    if (one.getDefinition() instanceof IntegerOptionDefinition) {
      return one.getIntegerValue() == other.getIntegerValue();
    }
    return ByteBuffer.wrap(one.getValue()).equals(ByteBuffer.wrap(other.getValue()));
  }

  private static String decode(OneM2mOption option, byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.INVALID_PARAMETER.of(option.parameter());
    }
  }
}
