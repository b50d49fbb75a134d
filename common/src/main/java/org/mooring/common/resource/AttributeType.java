// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.AttributeValue.Flag;
import org.mooring.common.primitive.AttributeValue.Items;
import org.mooring.common.primitive.AttributeValue.Octets;
import org.mooring.common.primitive.AttributeValue.Text;
import org.mooring.common.primitive.AttributeValue.Whole;
import org.mooring.common.primitive.M2mTimestamp;

/** The data types of attributes (TS-0004 clause 6.3) that the table of policies uses. */
@FunctionalInterface
public interface AttributeType {
  /** The value in its normal form, or empty where it is not of the type or out of range. */
  Optional<AttributeValue> normalize(AttributeValue given);

  /** xs:string. */
  AttributeType TEXT = text(text -> true);

  /** m2m:timestamp. */
  AttributeType TIMESTAMP = text(text -> M2mTimestamp.parse(text).isPresent());

  /** m2m:resourceName. */
  AttributeType NAME = text(follows(ResourceName::new));

  /** A CSE-ID in either form. */
  AttributeType CSE_ID = text(CseId::isValid);

  /** App-ID. */
  AttributeType APP_ID = text(follows(AppId::new));

  /** A domain name, folded to lower case. */
  AttributeType FQDN =
      given ->
          asText(given)
              .filter(Fqdn::isValid)
              .map(text -> AttributeValue.of(new Fqdn(text).value()));

  /** xs:anyURI: no white space or control characters. */
  AttributeType URI = text(Pattern.compile("[^\\s\\p{Cntrl}]{1,1024}").asMatchPredicate());

  /** m2m:contentInfo: {@code media-type[:encoding[:security]]}. */
  AttributeType CONTENT_INFO =
      text(Pattern.compile("[\\w.+-]+/[\\w.+-]+(:[0-2](:[0-5])?)?").asMatchPredicate());

  /** xs:boolean. */
  AttributeType BOOLEAN = given -> given instanceof Flag ? Optional.of(given) : Optional.empty();

  /** An object, whose members are looked at by whoever reads it. */
  AttributeType OBJECT =
      given -> given instanceof AttributeValue.Members ? Optional.of(given) : Optional.empty();

  /** xs:nonNegativeInteger. */
  AttributeType NON_NEGATIVE = whole(0, Long.MAX_VALUE);

  /** A list of strings with at least one member. */
  AttributeType TEXTS = texts(text -> true);

  /** m2m:labels: tokens without white space or control characters. */
  AttributeType LABELS = texts(Pattern.compile("[^\\s\\p{Cntrl}]{1,255}").asMatchPredicate());

  /** m2m:acpType: addresses of resources. */
  AttributeType URIS = texts(Pattern.compile("[^\\s\\p{Cntrl}]{1,1024}").asMatchPredicate());

  /** m2m:poaList. */
  AttributeType POINTS_OF_ACCESS =
      texts(Pattern.compile("(https?|coaps?|mqtts?|wss?)://\\S{1,512}").asMatchPredicate());

  /** m2m:serializations. */
  AttributeType SERIALIZATIONS = texts(List.of("xml", "json", "cbor")::contains);

  /** m2m:supportedReleaseVersions; later releases than ours may stand in it. */
  AttributeType RELEASES = texts(Pattern.compile("[1-9][a-z]?").asMatchPredicate());

  /** m2m:listOfM2MID: CSE-IDs, AE-IDs or domain names. */
  AttributeType IDS = texts(Pattern.compile("[A-Za-z0-9./_*-]{1,255}").asMatchPredicate());

  /** xs:anyType. */
  AttributeType ANY =
      given -> given == AttributeValue.Nothing.NOTHING ? Optional.empty() : Optional.of(given);

  /** A key of 32 octets: a byte string in CBOR, base64 text in JSON. */
  AttributeType KEY =
      given ->
          asOctets(given)
              .filter(o -> o.value().length == SecretKeyBytes.DERIVED_LENGTH)
              .map(o -> o);

  /** An integer between two bounds, both included. */
  static AttributeType whole(long least, long most) {
    return given ->
        asWhole(given).filter(number -> number >= least && number <= most).map(AttributeValue::of);
  }

  /** A string that the rule accepts; a CBOR byte string counts as its UTF-8 text. */
  static AttributeType text(Predicate<String> rule) {
    return given -> asText(given).filter(rule).map(AttributeValue::of);
  }

  /** A list of one or more strings that the rule accepts. */
  static AttributeType texts(Predicate<String> rule) {
    return given -> {
      if (!(given instanceof Items items) || items.values().isEmpty()) {
        return Optional.empty();
      }
      List<AttributeValue> texts = new ArrayList<>();
      for (AttributeValue item : items.values()) {
        Optional<String> text = asText(item).filter(rule);
        if (text.isEmpty()) {
          return Optional.empty();
        }
        texts.add(AttributeValue.of(text.get()));
      }
      return Optional.of(new Items(texts));
    };
  }

  private static Predicate<String> follows(Function<String, ?> identifier) {
    return text -> {
      try {
        return !identifier.apply(text).toString().isEmpty();
      } catch (IdentifierSyntaxException e) {
        return false;
      }
    };
  }

  /** The standard's own CBOR example carries strings as byte strings (TS-0004 clause 8.5.2). */
  private static Optional<String> asText(AttributeValue given) {
    if (given instanceof Text text) {
      return Optional.of(text.value());
    }
    return given instanceof Octets octets
        ? Optional.of(new String(octets.value(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static Optional<Long> asWhole(AttributeValue given) {
    if (given instanceof Whole whole) {
      return Optional.of(whole.value());
    }
    if (given instanceof AttributeValue.Decimal decimal) {
      try {
        return Optional.of(BigDecimal.valueOf(decimal.value()).longValueExact());
      } catch (ArithmeticException | NumberFormatException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Octets> asOctets(AttributeValue given) {
    if (given instanceof Octets octets) {
      return Optional.of(octets);
    }
    if (given instanceof Text text) {
      try {
        return Optional.of(new Octets(Base64.getDecoder().decode(text.value())));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
