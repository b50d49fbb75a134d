// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.AeId;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.group.Device;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.mef.Registrar;

/** Enrolees as the API shows them. */
final class EnroleeDocument {
  private EnroleeDocument() {}

  /**
   * The answer to an addition: the one place that shows a key, and only one made here.
   *
   * @param configuration what the node has to know; shown where it may go without a MEF to tell it,
   *     and of a node with a USIM the MEF's name, which its IMPI does not have
   */
  static Attributes ofAdded(Enrolees.Added added, ClientConfiguration configuration) {
    FactoryCredential credential = added.credential();
    FactoryKey kind = credential.factoryKey();
    Attributes.Builder document =
        ids(credential, added.enrolee())
            .put("path", added.enrolee().path().text())
            .put("fingerprint", credential.fingerprint());
    if (added.key() instanceof Enrolees.Key.Generated generated) {
      putKey(document, kind, generated.octets());
    }
    if (kind == FactoryKey.USIM) {
      document.put("mef", configuration.mef().value());
    }
    if (kind.sparesTheMef()) {
      document.put(TrustResourceNames.CLIENT_CONFIGURATION, configuration.toAttributes());
    }
    return document.build();
  }

  private static void putKey(Attributes.Builder document, FactoryKey kind, SecretKeyBytes key) {
    if (kind == FactoryKey.USIM) {
      SubscriberKey subscriber = SubscriberKey.of(key);
      document
          .put(kind.keyTexts().get(0), KeyText.hex(subscriber.k()))
          .put(kind.keyTexts().get(1), KeyText.hex(subscriber.opc()));
      subscriber.destroy();
    } else {
      document.put(kind.text(), KeyText.hex(key));
    }
  }

  static Attributes of(CredentialRepository credentials, Enrolee enrolee, Instant now) {
    Attributes.Builder document =
        ids(enrolee.first(), enrolee)
            .put("path", enrolee.path().text())
            .put("status", status(credentials, enrolee, now));
    if (enrolee.standing() instanceof Enrolee.Standing.Revoked revoked) {
      document.put("revokedAt", revoked.at().toString()).put("reason", revoked.reason());
    }
    if (enrolee.standing() instanceof Enrolee.Standing.Retired retired) {
      document.put("retiredAt", retired.at().toString()).put("reason", retired.reason());
    }
    if (enrolee.credentialExpiresAt().isBefore(M2mTimestamp.NEVER)) {
      document.put("expires", enrolee.credentialExpiresAt().toString());
    }
    if (enrolee.subscribedUntil().isBefore(M2mTimestamp.NEVER)) {
      document.put("until", enrolee.subscribedUntil().toString());
    }
    enrolee.minMethod().ifPresent(least -> document.put("minMethod", least.text()));
    enrolee.registrar().ifPresent(other -> document.put("registrar", other.cse().value()));
    enrolee
        .registrar()
        .flatMap(Registrar::accessPoint)
        .ifPresent(accessPoint -> document.put("registrarPoa", accessPoint));
    enrolee.application().ifPresent(app -> document.put("app", app.value()));
    return document.put("fingerprint", enrolee.fingerprint()).build();
  }

  /**
   * @param device of a group, where the enrolee came from one
   */
  static Attributes withKeys(
      CredentialRepository credentials, Enrolees.View view, Optional<Device> device, Instant now) {
    Attributes.Builder document = of(credentials, view.enrolee(), now).toBuilder();
    device.ifPresent(
        from ->
            document
                .put("group", from.id().group().value())
                .put("device", from.id().device().value()));
    if (!view.sharing().isEmpty()) {
      document.put("sharedBy", view.sharing().stream().map(AeId::value).toList());
    }
    lastMethod(credentials, view.credentials())
        .ifPresent(method -> document.put("enrolledBy", method.text()));
    return document
        .put(
            "credentials", items(view.fromFactory().stream().map(one -> of(credentials, one, now))))
        .put("keys", items(view.credentials().stream().map(EnroleeDocument::of)))
        .build();
  }

  /** By which the node made the newest of its enrolment keys that are left. */
  private static Optional<EnrolmentMethod> lastMethod(
      CredentialRepository credentials, List<Credential> keys) {
    return keys.stream()
        .filter(key -> key.kind() == Credential.Kind.KE || key.kind() == Credential.Kind.KS)
        .reduce((older, newer) -> newer)
        .flatMap(
            key ->
                key.kind() == Credential.Kind.KS
                    ? Optional.of(key)
                    : credentials.find(key.parent()))
        .flatMap(MethodCheck::methodOf);
  }

  private static AttributeValue items(Stream<Attributes> documents) {
    return new AttributeValue.Items(
        documents.<AttributeValue>map(AttributeValue.Members::new).toList());
  }

  /** A credential from the factory, with its own end. */
  private static Attributes of(
      CredentialRepository credentials, FactoryCredential credential, Instant now) {
    Optional<Credential> known = credentials.find(credential.id());
    boolean opens = known.filter(one -> one.opensHandshakeAt(now)).isPresent();
    boolean isCurrent = known.filter(one -> one.status() == Credential.Status.CURRENT).isPresent();
    String ended = isCurrent ? "expired" : known.map(one -> text(one.status())).orElse("removed");
    return Attributes.builder()
        .put("identity", credential.id().toString())
        .put("method", credential.method().map(EnrolmentMethod::text).orElse("preprovisioned"))
        .put("status", opens ? "active" : ended)
        .put("added", credential.addedAt().toString())
        .put("expires", credential.expiresAt().toString())
        .put("fingerprint", credential.fingerprint())
        .build();
  }

  private static Attributes of(Credential key) {
    return Attributes.builder()
        .put("identity", key.identity().toString())
        .put("kind", text(key.kind()))
        .put("role", key.role().text())
        .put("status", text(key.status()))
        .put("expires", key.expiresAt().toString())
        .put("parent", key.parent().toString())
        .build();
  }

  private static Attributes.Builder ids(FactoryCredential credential, Enrolee enrolee) {
    return Attributes.builder()
        .put(credential.factoryKey().idText(), credential.id().toString())
        .put(ClientConfiguration.memberOf(enrolee.entity()), enrolee.entity().value())
        .put("nodeId", enrolee.nodeId().value());
  }

  private static String status(CredentialRepository credentials, Enrolee enrolee, Instant now) {
    if (enrolee.isRevoked()) {
      return "revoked";
    }
    if (enrolee.isEndedAt(now)) {
      return "ended";
    }
    if (enrolee.isRetired()) {
      return "retired";
    }
    return opensWithAny(credentials, enrolee, now) ? "active" : "expired";
  }

  /** With the first of its credentials, or another from the factory. */
  private static boolean opensWithAny(
      CredentialRepository credentials, Enrolee enrolee, Instant now) {
    Optional<Credential> first = credentials.find(enrolee.id());
    return first.filter(root -> root.opensHandshakeAt(now)).isPresent()
        || first.stream()
            .flatMap(root -> credentials.ofClient(root.client()).stream())
            .anyMatch(held -> held.isRoot() && held.opensHandshakeAt(now));
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
