// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;

/** Enrolees as the API shows them. */
final class EnroleeDocument {
  private EnroleeDocument() {}

  /** The answer to an addition: the one place that shows a key, and only one made here. */
  static Attributes ofAdded(Enrolees.Added added) {
    Enrolee enrolee = added.enrolee();
    Attributes.Builder document =
        ids(enrolee)
            .put("path", enrolee.path().text())
            .put("fingerprint", enrolee.kpmFingerprint());
    if (added.kpm() instanceof Enrolees.Kpm.Generated generated) {
      document.put("kpm", KeyText.hex(generated.key()));
    }
    return document.build();
  }

  static Attributes of(CredentialRepository credentials, Enrolee enrolee, Instant now) {
    Attributes.Builder document =
        ids(enrolee)
            .put("path", enrolee.path().text())
            .put("status", status(credentials, enrolee, now));
    if (enrolee.standing() instanceof Enrolee.Standing.Revoked revoked) {
      document.put("revokedAt", revoked.at().toString()).put("reason", revoked.reason());
    }
    if (enrolee.kpmExpiresAt().isBefore(M2mTimestamp.NEVER)) {
      document.put("expires", enrolee.kpmExpiresAt().toString());
    }
    return document.put("fingerprint", enrolee.kpmFingerprint()).build();
  }

  static Attributes withKeys(
      CredentialRepository credentials, Enrolee enrolee, List<Credential> keys, Instant now) {
    List<AttributeValue> documents =
        keys.stream().<AttributeValue>map(key -> new AttributeValue.Members(of(key))).toList();
    return of(credentials, enrolee, now).toBuilder()
        .put("keys", new AttributeValue.Items(documents))
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

  private static Attributes.Builder ids(Enrolee enrolee) {
    return Attributes.builder()
        .put("kpmId", enrolee.kpmId().toString())
        .put("csi", enrolee.cseId().value())
        .put("nodeId", enrolee.nodeId().value());
  }

  private static String status(CredentialRepository credentials, Enrolee enrolee, Instant now) {
    if (enrolee.isRevoked()) {
      return "revoked";
    }
    boolean opens =
        credentials.find(enrolee.kpmId()).filter(kpm -> kpm.opensHandshakeAt(now)).isPresent();
    return opens ? "active" : "expired";
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
