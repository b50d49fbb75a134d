// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.FactoryText;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/**
 * What the factory wrote for a node: a JSON object with the identifier and the key under their
 * names, {@code kpmId} and {@code kpm}, {@code kmId} and {@code km}, or {@code kpsaId} and {@code
 * kpsa}; with one of the last two also {@code ccfg}, as a MEF tells it, and {@code expires}, where
 * the key ends. {@code ccfg} without a key goes with a key pair of the node's own. A subscription
 * has {@code impi}, {@code usimK} and {@code usimOpc}, and {@code mef}, the FQDN of the MEF that it
 * bootstraps with.
 */
public final class FactoryFile {
  /** Nothing was given. */
  public static final FactoryFile NONE =
      new FactoryFile(Rung.BOOTSTRAP, M2mTimestamp.NEVER, null, null, null, null);

  private static final String KPM = "kpm";
  private static final String KM = "km";
  private static final String KPSA = "kpsa";
  private static final String IMPI = "impi";
  private static final String CCFG = "ccfg";
  private static final long MAX_OCTETS = 64 * 1024;

  private final Rung rung;
  private final Instant expires;
  private final @Nullable KeyIdentifier id;
  private final @Nullable SecretKeyBytes key;
  private final @Nullable ClientConfiguration configuration;
  private final @Nullable Subscription subscription;

  /**
   * What a node with a USIM in software comes with.
   *
   * @param key K ‖ OPc
   */
  public record Subscription(Impi impi, SecretKeyBytes key, Fqdn mef) {}

  private FactoryFile(
      Rung rung,
      Instant expires,
      @Nullable KeyIdentifier id,
      @Nullable SecretKeyBytes key,
      @Nullable ClientConfiguration configuration,
      @Nullable Subscription subscription) {
    this.rung = rung;
    this.expires = expires;
    this.id = id;
    this.key = key;
    this.configuration = configuration;
    this.subscription = subscription;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the member that is missing or malformed, never a value
   */
  public static FactoryFile read(Path file) {
    Attributes members = members(file);
    List<String> kinds =
        List.of(KPM, KM, KPSA).stream().filter(kind -> members.has(kind + "Id")).toList();
    if (kinds.isEmpty() && !members.has(IMPI) && members.has(CCFG)) {
      return ofConfiguration(told(members));
    }
    if (kinds.size() + (members.has(IMPI) ? 1 : 0) != 1) {
      throw new IllegalArgumentException("file: give one of kpmId, kmId, kpsaId and impi, or ccfg");
    }
    if (kinds.isEmpty()) {
      return new FactoryFile(
          Rung.BOOTSTRAP, M2mTimestamp.NEVER, null, null, null, readSubscription(members));
    }
    String kind = kinds.get(0);
    KeyIdentifier id = parsed(members, kind + "Id", KeyIdentifier::parse);
    SecretKeyBytes key = parsed(members, kind, KeyText::parseInline);
    Instant expires = expires(members);
    return switch (kind) {
      case KM ->
          new FactoryFile(Rung.MAF, expires, id, key, told(members, EnrolmentPath.MAF), null);
      case KPSA ->
          new FactoryFile(
              Rung.ASSOCIATION, expires, id, key, told(members, EnrolmentPath.DIRECT), null);
      default -> new FactoryFile(Rung.BOOTSTRAP, expires, id, key, null, null);
    };
  }

  private static FactoryFile ofConfiguration(ClientConfiguration told) {
    return new FactoryFile(
        PreProvisionedKeyPair.rung(told), M2mTimestamp.NEVER, null, null, told, null);
  }

  /** What the text of a QR code says: a node that is to bootstrap. */
  public static FactoryFile of(FactoryText text) {
    return new FactoryFile(
        Rung.BOOTSTRAP, M2mTimestamp.NEVER, text.kpmId(), text.kpm(), null, null);
  }

  private static Subscription readSubscription(Attributes members) {
    SecretKeyBytes k = parsed(members, "usimK", KeyText::parseInline);
    SecretKeyBytes opc = parsed(members, "usimOpc", KeyText::parseInline);
    try {
      return new Subscription(
          parsed(members, IMPI, Impi::parse),
          new SubscriberKey(k, opc).joined(),
          parsed(members, "mef", Fqdn::new));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("file: ") ? e : new IllegalArgumentException("file: " + message);
    } finally {
      k.destroy();
      opc.destroy();
    }
  }

  private static Attributes members(Path file) {
    try {
      if (Files.size(file) > MAX_OCTETS) {
        throw new IllegalArgumentException("file: too long for what one node is given");
      }
      return ContentCodec.readAttributes(Serialization.JSON, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("file: can not be read");
    } catch (RefusedException e) {
      throw new IllegalArgumentException("file: write one JSON object");
    }
  }

  private static <T> T parsed(Attributes members, String name, Function<String, T> parser) {
    String text =
        members
            .text(name)
            .orElseThrow(() -> new IllegalArgumentException("file: give " + name + ", a text"));
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          "file: " + name + ": " + message.substring(message.indexOf(": ") + 2));
    }
  }

  private static ClientConfiguration told(Attributes members, EnrolmentPath path) {
    ClientConfiguration configuration = told(members);
    if (configuration.path() != path) {
      throw new IllegalArgumentException("file: ccfg: give path " + path.text());
    }
    return configuration;
  }

  private static ClientConfiguration told(Attributes members) {
    return members
        .members(CCFG)
        .flatMap(ClientConfiguration::from)
        .filter(ClientConfiguration::isOfCse)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "file: give ccfg, the configuration of a node with a CSE"));
  }

  /** Whether the node never meets a MEF. */
  public boolean isPreProvisioned() {
    return rung != Rung.BOOTSTRAP;
  }

  /** Whether it goes with a key pair of the node's own. */
  public boolean wantsKeyPair() {
    return isPreProvisioned() && key == null;
  }

  public Optional<Subscription> subscription() {
    return Optional.ofNullable(subscription);
  }

  public Optional<KeyIdentifier> id() {
    return Optional.ofNullable(id);
  }

  public Optional<SecretKeyBytes> key() {
    return Optional.ofNullable(key);
  }

  /**
   * @throws java.util.NoSuchElementException if the node is to bootstrap
   */
  public ClientConfiguration configuration() {
    return Optional.ofNullable(configuration).orElseThrow();
  }

  /**
   * What a pre-provisioned node comes with.
   *
   * @throws java.util.NoSuchElementException if the node is to bootstrap
   */
  public PreProvisionedKey preProvisioned(String host, int port) {
    return new PreProvisionedKey(
        id().orElseThrow(), key().orElseThrow(), rung, expires, configuration(), host, port);
  }

  private static Instant expires(Attributes members) {
    try {
      return members.text("expires").map(Instant::parse).orElse(M2mTimestamp.NEVER);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("file: write expires as 2030-01-31T00:00:00Z");
    }
  }
}
