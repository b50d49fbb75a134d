// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/** What an operator says of a node to be added; what is left out, the MEF chooses. */
public final class NewEnrolee {
  private final FactoryKey factoryKey;
  private final CertificateKind certificate;
  private final @Nullable HardwareId deviceId;
  private final @Nullable PublicKeyId publicKey;
  private final @Nullable KeyIdentifier id;
  private final @Nullable SecretKeyBytes key;
  private final boolean allowWeakKey;
  private final @Nullable CseId cseId;
  private final @Nullable NodeId nodeId;
  private final @Nullable EnrolmentPath path;
  private final Instant expiresAt;
  private final @Nullable Duration enrolmentLifetime;
  private final Instant subscribedUntil;

  private NewEnrolee(Builder builder) {
    this.factoryKey = builder.factoryKey;
    this.certificate = builder.certificate;
    this.deviceId = builder.deviceId;
    this.publicKey = builder.publicKey;
    this.id = builder.id;
    this.key = builder.key;
    this.allowWeakKey = builder.allowWeakKey;
    this.cseId = builder.cseId;
    this.nodeId = builder.nodeId;
    this.path = builder.path;
    this.expiresAt = builder.expiresAt;
    this.enrolmentLifetime = builder.enrolmentLifetime;
    this.subscribedUntil = builder.subscribedUntil;
  }

  public static Builder builder() {
    return new Builder();
  }

  FactoryKey factoryKey() {
    return factoryKey;
  }

  CertificateKind certificate() {
    return certificate;
  }

  Optional<HardwareId> deviceId() {
    return Optional.ofNullable(deviceId);
  }

  Optional<PublicKeyId> publicKey() {
    return Optional.ofNullable(publicKey);
  }

  Optional<KeyIdentifier> id() {
    return Optional.ofNullable(id);
  }

  Optional<SecretKeyBytes> key() {
    return Optional.ofNullable(key);
  }

  boolean allowsWeakKey() {
    return allowWeakKey;
  }

  Optional<CseId> cseId() {
    return Optional.ofNullable(cseId);
  }

  Optional<NodeId> nodeId() {
    return Optional.ofNullable(nodeId);
  }

  Optional<EnrolmentPath> path() {
    return Optional.ofNullable(path);
  }

  Instant expiresAt() {
    return expiresAt;
  }

  Optional<Duration> enrolmentLifetime() {
    return Optional.ofNullable(enrolmentLifetime);
  }

  Instant subscribedUntil() {
    return subscribedUntil;
  }

  /** Puts it together. */
  public static final class Builder {
    private FactoryKey factoryKey = FactoryKey.KPM;
    private CertificateKind certificate = CertificateKind.CSE_ID;
    private @Nullable HardwareId deviceId;
    private @Nullable PublicKeyId publicKey;
    private @Nullable KeyIdentifier id;
    private @Nullable SecretKeyBytes key;
    private boolean allowWeakKey;
    private @Nullable CseId cseId;
    private @Nullable NodeId nodeId;
    private @Nullable EnrolmentPath path;
    private Instant expiresAt = M2mTimestamp.NEVER;
    private @Nullable Duration enrolmentLifetime;
    private Instant subscribedUntil = M2mTimestamp.NEVER;

    private Builder() {}

    /** What the node has from the factory. Else a Kpm. */
    public Builder factoryKey(FactoryKey kind) {
      this.factoryKey = kind;
      return this;
    }

    /** How its certificate names it, where it has one. Else by its CSE-ID. */
    public Builder certificate(CertificateKind kind) {
      this.certificate = kind;
      return this;
    }

    /** The hardware instance identifier in its device certificate, where it has one. */
    public Builder deviceId(HardwareId id) {
      this.deviceId = id;
      return this;
    }

    /** What its public key is known by, where it has one without a certificate. */
    public Builder publicKey(PublicKeyId key) {
      this.publicKey = key;
      return this;
    }

    /** The key's identifier. Else 32 random hex digits at its issuer. */
    public Builder id(KeyIdentifier identity) {
      this.id = identity;
      return this;
    }

    /** Else 32 random octets. The caller destroys its key. */
    public Builder key(SecretKeyBytes octets) {
      this.key = octets;
      return this;
    }

    /** Takes a key of fewer than 16 octets. */
    public Builder allowWeakKey(boolean allowed) {
      this.allowWeakKey = allowed;
      return this;
    }

    /** In lower case, without a dot. Else {@code /asn-} and 12 random hex digits. */
    public Builder cseId(CseId id) {
      this.cseId = id;
      return this;
    }

    /** Else a random {@code urn:uuid:}. */
    public Builder nodeId(NodeId id) {
      this.nodeId = id;
      return this;
    }

    /** Else the one that its factory key takes, {@code maf} where the MEF tells it. */
    public Builder path(EnrolmentPath way) {
      this.path = way;
      return this;
    }

    /** When the factory key ends; with a Kpm that ends bootstrapping alone. Else never. */
    public Builder expiresAt(Instant end) {
      this.expiresAt = end;
      return this;
    }

    /** How long a Ke lives. Else what the provider grants. */
    public Builder enrolmentLifetime(Duration lifetime) {
      this.enrolmentLifetime = lifetime;
      return this;
    }

    /** When the M2M service subscription ends, and with it all that was derived. Else never. */
    public Builder subscribedUntil(Instant end) {
      this.subscribedUntil = end;
      return this;
    }

    public NewEnrolee build() {
      return new NewEnrolee(this);
    }
  }
}
