// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.group.Device;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.FactoryKey;

/** Enrolees as the API shows them. */
final class EnroleeDocument {
  private EnroleeDocument() {}

  /**
   * The answer to an addition: the one place that shows a key, and only one made here.
   *
   * @param configuration what the node has to know; shown where no MEF will tell it, and of a node
   *     with a USIM the MEF's name, which its IMPI does not have
   */
  static Attributes ofAdded(Enrolees.Added added, ClientConfiguration configuration) {
    Enrolee enrolee = added.enrolee();
    Attributes.Builder document =
        ids(enrolee).put("path", enrolee.path().text()).put("fingerprint", enrolee.fingerprint());
    if (added.key() instanceof Enrolees.Key.Generated generated) {
      putKey(document, enrolee.factoryKey(), generated.octets());
    }
    if (enrolee.factoryKey() == FactoryKey.USIM) {
      document.put("mef", configuration.mef().value());
    }
    if (enrolee.factoryKey().isPreProvisioned()) {
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
        ids(enrolee)
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
    return document.put("fingerprint", enrolee.fingerprint()).build();
  }

  /**
   * @param device of a group, where the enrolee came from one
   */
  static Attributes withKeys(
      CredentialRepository credentials,
      Enrolee enrolee,
      Optional<Device> device,
      List<Credential> keys,
      Instant now) {
    List<AttributeValue> documents =
        keys.stream().<AttributeValue>map(key -> new AttributeValue.Members(of(key))).toList();
    Attributes.Builder document = of(credentials, enrolee, now).toBuilder();
    device.ifPresent(
        from ->
            document
                .put("group", from.id().group().value())
                .put("device", from.id().device().value()));
    return document.put("keys", new AttributeValue.Items(documents)).build();
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

  private static Attributes.Builder ids(Enrolee enrolee) {
    return Attributes.builder()
        .put(enrolee.factoryKey().idText(), enrolee.id().toString())
        .put("csi", enrolee.cseId().value())
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
    boolean opens =
        credentials.find(enrolee.id()).filter(root -> root.opensHandshakeAt(now)).isPresent();
    return opens ? "active" : "expired";
  }

  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
