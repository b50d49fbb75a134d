// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;

/**
 * A node's state as one CBOR object. Instants are milliseconds since 1970, maps are objects with
 * the lower case names of their enums.
 */
final class NodeStateCodec {
  private NodeStateCodec() {}

  /** The octets hold every key of the node: the caller seals and then wipes them. */
  static byte[] write(NodeState state) {
    Attributes.Builder root = Attributes.builder();
    root.put("factories", FactoryCodec.write(state.factories()));
    state.configuration().ifPresent(told -> root.put("configuration", told.toAttributes()));
    Attributes.Builder keys = Attributes.builder();
    Attributes.Builder tentative = Attributes.builder();
    Attributes.Builder failures = Attributes.builder();
    for (Rung rung : Rung.values()) {
      state.key(rung).ifPresent(key -> keys.put(name(rung), heldKey(key)));
      state.keys().tentative(rung).ifPresent(key -> tentative.put(name(rung), tentativeKey(key)));
      if (state.failures(rung) > 0) {
        failures.put(name(rung), state.failures(rung));
      }
    }
    Attributes.Builder registrations = Attributes.builder();
    for (Function function : Function.values()) {
      state
          .registration(function)
          .ifPresent(held -> registrations.put(name(function), registration(held)));
    }
    Attributes.Builder pending = Attributes.builder();
    state.pendingRequests().forEach(pending::put);
    Attributes.Builder applications = Attributes.builder();
    state.applications().forEach(applications::put);
    root.put("keys", keys.build())
        .put("tentativeKeys", tentative.build())
        .put("failures", failures.build())
        .put("registrations", registrations.build())
        .put("pendingRequests", pending.build())
        .put("applications", applications.build())
        .put("appInstances", AppInstanceCodec.write(state.appInstances()))
        .put("leftBehind", state.leftBehind().stream().map(KeyIdentifier::toString).toList());
    root.put("certificates", certificates(state.certificates()));
    if (!state.sequenceNumbers().isFresh()) {
      root.put("sequenceNumbers", sequenceNumbers(state.sequenceNumbers()));
    }
    if (state.clockIsSet()) {
      root.put("clockOffset", state.clockOffset().toMillis());
    }
    state.trouble().ifPresent(trouble -> root.put("trouble", trouble(trouble)));
    if (!state.subscription().equals(Attributes.NONE)) {
      root.put("subscription", state.subscription());
    }
    if (state.commands().hasBegun()) {
      root.put("commands", CommandProgressCodec.write(state.commands()));
    }
    return ContentCodec.writeAttributes(Serialization.CBOR, root.build());
  }

  /**
   * @throws RuntimeException if a member is missing or not of its form
   */
  static NodeState read(Attributes root) {
    NodeState.Builder state = new NodeState.Builder(FactoryCodec.read(object(root, "factories")));
    root.members("configuration")
        .ifPresent(told -> state.configuration(ClientConfiguration.from(told).orElseThrow()));
    // A confirmed key drops what its rung has beside it: that comes after it.
    forEach(root, "keys", (n, o) -> state.key(rung(n), readHeldKey(o)));
    forEach(
        root,
        "tentativeKeys",
        (n, o) -> state.keys(held -> held.withTentative(rung(n), readTentativeKey(o))));
    Attributes failures = object(root, "failures");
    failures.names().forEach(n -> state.failures(rung(n), Math.toIntExact(whole(failures, n))));
    forEach(
        root,
        "registrations",
        (n, o) -> state.registration(constant(Function.class, n), readRegistration(o)));
    Attributes pending = object(root, "pendingRequests");
    pending.names().forEach(n -> state.pendingRequest(n, text(pending, n)));
    forEach(root, "applications", state::application);
    state.appInstances(AppInstanceCodec.read(object(root, "appInstances")));
    root.texts("leftBehind").forEach(id -> state.leftBehind(KeyIdentifier.parse(id)));
    state.certificates(readCertificates(object(root, "certificates")));
    root.octets("sequenceNumbers")
        .map(NodeStateCodec::readNumbers)
        .ifPresent(state::sequenceNumbers);
    if (root.has("clockOffset")) {
      state.clockOffset(Duration.ofMillis(whole(root, "clockOffset")));
    }
    root.members("trouble").ifPresent(trouble -> state.trouble(readTrouble(trouble)));
    root.members("subscription").ifPresent(state::subscription);
    root.members("commands").ifPresent(told -> state.commands(CommandProgressCodec.read(told)));
    return state.build();
  }

  /** The first version had the bootstrap credential alone, without its rung. */
  static Attributes fromVersion1(Attributes root) {
    Attributes factory =
        object(root, "bootstrap").toBuilder().put("rung", name(Rung.BOOTSTRAP)).build();
    return root.toBuilder().put("factory", factory).build();
  }

  /** The second version knew no certificates that were issued later. */
  static Attributes fromVersion2(Attributes root) {
    return root.toBuilder().put("certificates", Attributes.NONE).build();
  }

  /** The third version had a single factory credential. */
  static Attributes fromVersion3(Attributes root) {
    return root.toBuilder().put("factories", FactoryCodec.single(object(root, "factory"))).build();
  }

  /** The fourth version knew no instances of applications. */
  static Attributes fromVersion4(Attributes root) {
    return root.toBuilder().put("appInstances", Attributes.NONE).build();
  }

  private static Attributes certificates(HeldCertificates held) {
    Attributes.Builder members = Attributes.builder();
    held.current().ifPresent(one -> members.put("current", certificate(one)));
    held.next().ifPresent(one -> members.put("next", certificate(one)));
    held.requested()
        .ifPresent(
            asked -> {
              Attributes.Builder pair = Attributes.builder().put("public", asked.publicKey());
              putKey(pair, asked.key());
              members.put("requested", pair.build());
            });
    return members.build();
  }

  private static HeldCertificates readCertificates(Attributes members) {
    return new HeldCertificates(
        members.members("current").map(NodeStateCodec::readCertificate).orElse(null),
        members.members("next").map(NodeStateCodec::readCertificate).orElse(null),
        members
            .members("requested")
            .map(pair -> new CertificateKey(key(pair), pair.octets("public").orElseThrow()))
            .orElse(null));
  }

  private static Attributes certificate(IssuedCertificate held) {
    Attributes.Builder members =
        Attributes.builder()
            .put("chain", CertificateOctets.of(held.chain()))
            .put("trusted", CertificateOctets.of(held.trusted()))
            .put("lease", lease(held.lease()))
            .put("refused", held.refused());
    putKey(members, held.key());
    return members.build();
  }

  private static IssuedCertificate readCertificate(Attributes members) {
    return new IssuedCertificate(
        key(members),
        CertificateOctets.read(members.octets("chain").orElseThrow()),
        CertificateOctets.read(members.octets("trusted").orElseThrow()),
        readLease(object(members, "lease")),
        members.flag("refused").orElseThrow());
  }

  private static byte[] sequenceNumbers(SequenceWindow window) {
    ByteBuffer octets = ByteBuffer.allocate(SequenceNumber.PLACES * Long.BYTES);
    window.counters().forEach(octets::putLong);
    return octets.array();
  }

  private static SequenceWindow readNumbers(byte[] octets) {
    ByteBuffer numbers = ByteBuffer.wrap(octets);
    List<Long> counters = new ArrayList<>();
    while (numbers.hasRemaining()) {
      counters.add(numbers.getLong());
    }
    return new SequenceWindow(counters);
  }

  static Attributes heldKey(HeldKey held) {
    Attributes.Builder members = Attributes.builder().put("id", held.id().toString());
    putKey(members, held.key());
    return members
        .put("parent", held.parent().toString())
        .put("lease", lease(held.lease()))
        .build();
  }

  static HeldKey readHeldKey(Attributes members) {
    return new HeldKey(
        KeyIdentifier.parse(text(members, "id")),
        key(members),
        KeyIdentifier.parse(text(members, "parent")),
        readLease(object(members, "lease")));
  }

  private static Attributes tentativeKey(TentativeKey tentative) {
    Attributes.Builder members = Attributes.builder().put("id", tentative.id().toString());
    putKey(members, tentative.key());
    return members
        .put("parent", tentative.parent().toString())
        .put("requestId", tentative.requestId())
        .put("refused", tentative.refused())
        .build();
  }

  private static TentativeKey readTentativeKey(Attributes members) {
    return new TentativeKey(
        KeyIdentifier.parse(text(members, "id")),
        key(members),
        KeyIdentifier.parse(text(members, "parent")),
        text(members, "requestId"),
        members.flag("refused").orElseThrow());
  }

  private static Attributes registration(Registration held) {
    return Attributes.builder()
        .put("ri", held.resourceId())
        .put("lease", lease(held.lease()))
        .build();
  }

  private static Registration readRegistration(Attributes members) {
    return new Registration(text(members, "ri"), readLease(object(members, "lease")));
  }

  private static Attributes lease(Lease lease) {
    return Attributes.builder()
        .put("expires", lease.expires().toEpochMilli())
        .put("renewAt", lease.renewAt().toEpochMilli())
        .build();
  }

  private static Lease readLease(Attributes members) {
    return new Lease(instant(members, "expires"), instant(members, "renewAt"));
  }

  private static Attributes trouble(Trouble trouble) {
    return Attributes.builder()
        .put("waitingFor", trouble.waitingFor())
        .put("reason", trouble.reason())
        .put("attempts", trouble.attempts())
        .put("nextTry", trouble.nextTry().toEpochMilli())
        .build();
  }

  private static Trouble readTrouble(Attributes members) {
    return new Trouble(
        text(members, "waitingFor"),
        text(members, "reason"),
        Math.toIntExact(whole(members, "attempts")),
        instant(members, "nextTry"));
  }

  static void putKey(Attributes.Builder members, SecretKeyBytes key) {
    byte[] octets = key.toByteArray();
    members.put("key", octets);
    Arrays.fill(octets, (byte) 0);
  }

  static SecretKeyBytes key(Attributes members) {
    byte[] octets = members.octets("key").orElseThrow();
    try {
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  @FunctionalInterface
  private interface MemberReader {
    void read(String name, Attributes members);
  }

  private static void forEach(Attributes root, String name, MemberReader reader) {
    object(root, name)
        .asMap()
        .forEach(
            (key, value) -> {
              if (!(value instanceof AttributeValue.Members members)) {
                throw new IllegalArgumentException(name);
              }
              reader.read(key, members.attributes());
            });
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Rung rung(String name) {
    return constant(Rung.class, name);
  }

  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  static Attributes object(Attributes members, String name) {
    return members.members(name).orElseThrow();
  }

  static String text(Attributes members, String name) {
    return members.text(name).orElseThrow();
  }

  static long whole(Attributes members, String name) {
    return members.whole(name).orElseThrow();
  }

  static Instant instant(Attributes members, String name) {
    return Instant.ofEpochMilli(whole(members, name));
  }
}
