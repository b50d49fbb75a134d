// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.CertificateKind;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.Registrar;

/** What an operator decides about a new enrolee; the server makes up what is left open. */
public final class EnroleeOrder {
  private static final String METHOD = "method";
  private static final String CERTIFICATE = "certificate";
  private static final String DEVICE_ID = "deviceId";
  private static final String PUBLIC_KEY = "publicKey";
  private static final String USIM_K = "usimK";
  private static final String USIM_OPC = "usimOpc";
  private static final String BSF = "bsf";
  private static final String EXPIRES = "expires";
  private static final String CSI = "csi";
  private static final String AEI = "aei";
  private static final String APP = "app";
  private static final String NODE_ID = "nodeId";
  private static final String PATH = "path";
  private static final String UNTIL = "until";
  private static final String MIN_METHOD = "minMethod";
  private static final String REGISTRAR = "registrar";
  private static final String REGISTRAR_POA = "registrarPoa";

  /** The members that are about the credential itself. */
  private static final Set<String> CREDENTIAL_FIELDS =
      Set.of(
          METHOD,
          CERTIFICATE,
          DEVICE_ID,
          PUBLIC_KEY,
          "kpmId",
          "kpm",
          "kmId",
          "km",
          "kpsaId",
          "kpsa",
          "impi",
          USIM_K,
          USIM_OPC,
          BSF,
          EXPIRES);

  /** Those about the node. */
  private static final Set<String> NODE_FIELDS =
      Set.of(CSI, AEI, APP, NODE_ID, PATH, UNTIL, MIN_METHOD, REGISTRAR, REGISTRAR_POA);

  /** All members, also the columns of an import. */
  public static final Set<String> FIELDS =
      Stream.of(CREDENTIAL_FIELDS, NODE_FIELDS)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Of a node that meets no MEF, beside the methods of those that do. */
  private static final String PREPROVISIONED = "preprovisioned";

  private final Attributes members;
  private final FactoryKey factoryKey;
  private final @Nullable CertificateKind certificate;
  private final @Nullable HardwareId deviceId;
  private final @Nullable PublicKeyId publicKey;
  private final @Nullable KeyIdentifier id;
  private final @Nullable SecretKeyBytes key;
  private final @Nullable Fqdn bsf;
  private final List<AeId> applications;
  private final @Nullable EntityId entity;
  private final @Nullable AppId application;
  private final @Nullable NodeId nodeId;
  private final @Nullable EnrolmentPath path;
  private final @Nullable Instant expires;
  private final @Nullable Instant until;
  private final @Nullable EnrolmentMethod minMethod;
  private final @Nullable Registrar registrar;

  private EnroleeOrder(Attributes members) {
    this.members = members;
    this.path = value(PATH, OrderMembers::path);
    this.certificate = value(CERTIFICATE, EnroleeOrder::certificate);
    this.deviceId = value(DEVICE_ID, HardwareId::new);
    this.publicKey = value(PUBLIC_KEY, PublicKeyId::parse);
    this.factoryKey = factoryKey(members);
    this.id = factoryKey.isShared() ? value(factoryKey.idText(), KeyIdentifier::parse) : null;
    this.key = key(factoryKey);
    this.bsf = value(BSF, Fqdn::new);
    if (bsf != null && factoryKey != FactoryKey.USIM) {
      throw AdminException.malformed(BSF, "give it with impi alone");
    }
    this.applications = applications();
    this.entity = entity();
    this.application = value(APP, AppId::new);
    this.nodeId = value(NODE_ID, NodeId::new);
    this.expires = value(EXPIRES, text -> OrderMembers.instant(EXPIRES, text));
    this.until = value(UNTIL, text -> OrderMembers.instant(UNTIL, text));
    this.minMethod = value(MIN_METHOD, OrderMembers::minMethod);
    this.registrar = registrar();
  }

  /**
   * Reads an order; each member is optional and a string.
   *
   * @throws AdminException naming the member that is unknown or malformed, never its value
   */
  public static EnroleeOrder read(Attributes members) {
    OrderMembers.requireKnown(members, "enrolee", FIELDS);
    return new EnroleeOrder(members);
  }

  /**
   * Reads an order of a further credential, which has what an order of an enrolee says of its own.
   *
   * @throws AdminException as {@link #read} does
   */
  public static EnroleeOrder readCredential(Attributes members) {
    OrderMembers.requireKnown(members, "credential", CREDENTIAL_FIELDS);
    return new EnroleeOrder(members);
  }

  /** The order as the API takes it; it may hold a key. */
  public Attributes toAttributes() {
    return members;
  }

  /** What the node has from the factory. */
  public FactoryKey factoryKey() {
    return factoryKey;
  }

  /** How the node's certificate names it. */
  public Optional<CertificateKind> certificate() {
    return Optional.ofNullable(certificate);
  }

  /** The hardware instance identifier in the node's device certificate. */
  public Optional<HardwareId> deviceId() {
    return Optional.ofNullable(deviceId);
  }

  /** What the node's public key is known by, where it has no certificate. */
  public Optional<PublicKeyId> publicKey() {
    return Optional.ofNullable(publicKey);
  }

  public Optional<KeyIdentifier> id() {
    return Optional.ofNullable(id);
  }

  /** The key given; empty asks the server to generate one. */
  public Optional<SecretKeyBytes> key() {
    return Optional.ofNullable(key);
  }

  /**
   * The BSF of the operator that has the key of the node's USIM; empty where this server has it.
   */
  public Optional<Fqdn> bsf() {
    return Optional.ofNullable(bsf);
  }

  /** The CSE-ID of the node, or the AE-ID of one that has no CSE. */
  public Optional<EntityId> entityId() {
    return Optional.ofNullable(entity);
  }

  /** The AE-IDs of others that share its credentials. */
  public List<AeId> sharing() {
    return applications.isEmpty() ? List.of() : applications.subList(1, applications.size());
  }

  /** The App-ID with which a node that has no CSE may register. */
  public Optional<AppId> application() {
    return Optional.ofNullable(application);
  }

  public Optional<NodeId> nodeId() {
    return Optional.ofNullable(nodeId);
  }

  public Optional<EnrolmentPath> path() {
    return Optional.ofNullable(path);
  }

  /** When the factory key ends; empty is never. */
  public Optional<Instant> expires() {
    return Optional.ofNullable(expires);
  }

  /** When the subscription ends; empty is never. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }

  /** The last method in the provider's order that the node may enrol with; empty is any. */
  public Optional<EnrolmentMethod> minMethod() {
    return Optional.ofNullable(minMethod);
  }

  /** What the node registers with; empty is the IN-CSE. */
  public Optional<Registrar> registrarOfNode() {
    return Optional.ofNullable(registrar);
  }

  private @Nullable Registrar registrar() {
    @Nullable CseId cse = value(REGISTRAR, CseId::new);
    @Nullable String accessPoint = value(REGISTRAR_POA, OrderMembers::coaps);
    if (cse == null && accessPoint != null) {
      throw AdminException.malformed(REGISTRAR_POA, "give it with registrar");
    }
    return cse == null ? null : new Registrar(cse, Optional.ofNullable(accessPoint));
  }

  private @Nullable EntityId entity() {
    @Nullable CseId csi = value(CSI, CseId::new);
    if (csi != null && !applications.isEmpty()) {
      throw AdminException.malformed(AEI, "give it to a node that has no CSE, without csi");
    }
    return applications.isEmpty() ? csi : applications.get(0);
  }

  /** The AE-IDs of a node without a CSE, joined by spaces. */
  private List<AeId> applications() {
    @Nullable List<AeId> ids =
        value(AEI, text -> Stream.of(text.trim().split(" +")).map(AeId::new).toList());
    return ids == null ? List.of() : ids;
  }

  /** The one key, or K ‖ OPc, of which both are given or none. */
  private @Nullable SecretKeyBytes key(FactoryKey kind) {
    if (kind == FactoryKey.USIM) {
      @Nullable SecretKeyBytes k = value(USIM_K, KeyText::parseInline);
      @Nullable SecretKeyBytes opc = value(USIM_OPC, KeyText::parseInline);
      if (k == null && opc == null) {
        return null;
      }
      if (k == null || opc == null) {
        throw AdminException.malformed(k == null ? USIM_K : USIM_OPC, "give K and OPc");
      }
      return joined(k, opc);
    }
    return kind.isShared() ? value(kind.text(), KeyText::parseInline) : null;
  }

  private static SecretKeyBytes joined(SecretKeyBytes k, SecretKeyBytes opc) {
    try {
      return new SubscriberKey(k, opc).joined();
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(
          k.length() == SubscriberKey.OCTETS ? USIM_OPC : USIM_K, OrderMembers.remedyOf(e));
    } finally {
      k.destroy();
      opc.destroy();
    }
  }

  /** As the method says, or else the members that name one; a Kpm where none is there. */
  private FactoryKey factoryKey(Attributes given) {
    List<FactoryKey> named =
        Stream.of(FactoryKey.values())
            .filter(kind -> kind.members().stream().anyMatch(given::has))
            .toList();
    if (named.size() > 1) {
      throw AdminException.malformed(
          named.get(1).isShared() ? named.get(1).idText() : named.get(1).text(),
          "give one of kpmId, kmId, kpsaId, impi, certificate and publicKey, and its key");
    }
    @Nullable String method = value(METHOD, EnroleeOrder::method);
    if (named.isEmpty()) {
      return method == null ? FactoryKey.KPM : factoryKeyOf(method);
    }
    FactoryKey kind = named.get(0);
    if (method != null
        && !kind.method().map(EnrolmentMethod::text).orElse(PREPROVISIONED).equals(method)) {
      throw AdminException.malformed(
          METHOD,
          "psk goes with kpmId, preprovisioned with kmId or kpsaId, gba with impi, rpk with"
              + " publicKey, certificate"
              + " alone");
    }
    return kind;
  }

  private static String method(String text) {
    if (text.equals(PREPROVISIONED)) {
      return text;
    }
    return EnrolmentMethod.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "method: write psk, preprovisioned, certificate, rpk or gba"))
        .text();
  }

  /** What a node has that begins so. */
  private FactoryKey factoryKeyOf(String method) {
    return EnrolmentMethod.of(method)
        .map(FactoryKey::of)
        .orElseGet(() -> FactoryKey.preProvisioned(path().orElse(EnrolmentPath.MAF)));
  }

  private static CertificateKind certificate(String text) {
    return CertificateKind.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "certificate: write cse-id, ae-id, node-id or device"));
  }

  private <T> @Nullable T value(String name, Function<String, T> reader) {
    return OrderMembers.value(members, name, reader);
  }
}
