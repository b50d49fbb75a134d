// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;

/**
 * What an operator says of a credential that a node has from the factory; what is left out, the MEF
 * chooses.
 */
public final class NewCredential {
  private final FactoryKey factoryKey;
  private final @Nullable CertificateKind certificate;
  private final @Nullable HardwareId deviceId;
  private final @Nullable PublicKeyId publicKey;
  private final @Nullable KeyIdentifier id;
  private final @Nullable SecretKeyBytes key;
  private final @Nullable Fqdn operatorBsf;
  private final boolean allowWeakKey;
  private final Instant expiresAt;

  private NewCredential(Builder builder) {
    this.factoryKey = builder.factoryKey;
    this.certificate = builder.certificate;
    this.deviceId = builder.deviceId;
    this.publicKey = builder.publicKey;
    this.id = builder.id;
    this.key = builder.key;
    this.operatorBsf = builder.operatorBsf;
    this.allowWeakKey = builder.allowWeakKey;
    this.expiresAt = builder.expiresAt;
  }

  public static Builder builder() {
    return new Builder();
  }

  FactoryKey factoryKey() {
    return factoryKey;
  }

  Optional<CertificateKind> certificate() {
    return Optional.ofNullable(certificate);
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

  Optional<Fqdn> operatorBsf() {
    return Optional.ofNullable(operatorBsf);
  }

  boolean allowsWeakKey() {
    return allowWeakKey;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  /** Puts it together. */
  public static final class Builder {
    private FactoryKey factoryKey = FactoryKey.KPM;
    private @Nullable CertificateKind certificate;
    private @Nullable HardwareId deviceId;
    private @Nullable PublicKeyId publicKey;
    private @Nullable KeyIdentifier id;
    private @Nullable SecretKeyBytes key;
    private @Nullable Fqdn operatorBsf;
    private boolean allowWeakKey;
    private Instant expiresAt = M2mTimestamp.NEVER;

    private Builder() {}

    /** What it is. Else a Kpm. */
    public Builder factoryKey(FactoryKey kind) {
      this.factoryKey = kind;
      return this;
    }

    /** How a certificate names the node, where it is one. Else by its CSE-ID or AE-ID. */
    public Builder certificate(CertificateKind kind) {
      this.certificate = kind;
      return this;
    }

    /** The hardware instance identifier in the device certificate, where it is one. */
    public Builder deviceId(HardwareId hardware) {
      this.deviceId = hardware;
      return this;
    }

    /** What a public key is known by, where it is one without a certificate. */
    public Builder publicKey(PublicKeyId known) {
      this.publicKey = known;
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

    /** The BSF of the operator that has the key of a USIM. Else this server has it. */
    public Builder operatorBsf(Fqdn bsf) {
      this.operatorBsf = bsf;
      return this;
    }

    /** Takes a key of fewer than 16 octets. */
    public Builder allowWeakKey(boolean allowed) {
      this.allowWeakKey = allowed;
      return this;
    }

    /** When it ends; at the MEF that ends bootstrapping alone. Else never. */
    public Builder expiresAt(Instant end) {
      this.expiresAt = end;
      return this;
    }

    public NewCredential build() {
      return new NewCredential(this);
    }
  }
}
