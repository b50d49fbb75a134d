// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.certificate.HardwareId;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;

/** What an operator says of a node to be added; what is left out, the MEF chooses. */
public final class NewEnrolee {
  private final NewCredential credential;
  private final @Nullable EntityId entity;
  private final @Nullable AppId application;
  private final @Nullable NodeId nodeId;
  private final @Nullable EnrolmentPath path;
  private final @Nullable Duration enrolmentLifetime;
  private final Instant subscribedUntil;
  private final @Nullable EnrolmentMethod minMethod;
  private final @Nullable Registrar registrar;
  private final List<AeId> sharing;

  private NewEnrolee(Builder builder) {
    this.credential = builder.credential.build();
    this.entity = builder.entity;
    this.application = builder.application;
    this.nodeId = builder.nodeId;
    this.path = builder.path;
    this.enrolmentLifetime = builder.enrolmentLifetime;
    this.subscribedUntil = builder.subscribedUntil;
    this.minMethod = builder.minMethod;
    this.registrar = builder.registrar;
    this.sharing = builder.sharing;
  }

  public static Builder builder() {
    return new Builder(NewCredential.builder());
  }

  /** Of a node that comes with this credential. */
  public static Builder builder(NewCredential.Builder credential) {
    return new Builder(credential);
  }

  NewCredential credential() {
    return credential;
  }

  Optional<EntityId> entity() {
    return Optional.ofNullable(entity);
  }

  Optional<AppId> application() {
    return Optional.ofNullable(application);
  }

  Optional<NodeId> nodeId() {
    return Optional.ofNullable(nodeId);
  }

  Optional<EnrolmentPath> path() {
    return Optional.ofNullable(path);
  }

  Optional<Duration> enrolmentLifetime() {
    return Optional.ofNullable(enrolmentLifetime);
  }

  Instant subscribedUntil() {
    return subscribedUntil;
  }

  Optional<EnrolmentMethod> minMethod() {
    return Optional.ofNullable(minMethod);
  }

  Optional<Registrar> registrar() {
    return Optional.ofNullable(registrar);
  }

  List<AeId> sharing() {
    return sharing;
  }

  /** Puts it together; what is said of the credential, {@link NewCredential.Builder} tells. */
  public static final class Builder {
    private final NewCredential.Builder credential;
    private @Nullable EntityId entity;
    private @Nullable AppId application;
    private @Nullable NodeId nodeId;
    private @Nullable EnrolmentPath path;
    private @Nullable Duration enrolmentLifetime;
    private Instant subscribedUntil = M2mTimestamp.NEVER;
    private @Nullable EnrolmentMethod minMethod;
    private @Nullable Registrar registrar;
    private List<AeId> sharing = List.of();

    private Builder(NewCredential.Builder credential) {
      this.credential = credential;
    }

    public Builder factoryKey(FactoryKey kind) {
      credential.factoryKey(kind);
      return this;
    }

    public Builder certificate(CertificateKind kind) {
      credential.certificate(kind);
      return this;
    }

    public Builder deviceId(HardwareId id) {
      credential.deviceId(id);
      return this;
    }

    public Builder publicKey(PublicKeyId key) {
      credential.publicKey(key);
      return this;
    }

    public Builder id(KeyIdentifier identity) {
      credential.id(identity);
      return this;
    }

    public Builder key(SecretKeyBytes octets) {
      credential.key(octets);
      return this;
    }

    public Builder allowWeakKey(boolean allowed) {
      credential.allowWeakKey(allowed);
      return this;
    }

    public Builder expiresAt(Instant end) {
      credential.expiresAt(end);
      return this;
    }

    /**
     * A CSE-ID in lower case without a dot, or the AE-ID {@code /S…} of a node that has no CSE.
     * Else {@code /asn-} and 12 random hex digits.
     */
    public Builder entity(EntityId id) {
      this.entity = id;
      return this;
    }

    /**
     * The App-ID of a node that has no CSE: as this alone its enrolment lets it register. Else as
     * any.
     */
    public Builder application(AppId id) {
      this.application = id;
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

    /** The last method in the provider's order that it may enrol with. Else any. */
    public Builder minMethod(EnrolmentMethod least) {
      this.minMethod = least;
      return this;
    }

    /** What it registers with. Else the IN-CSE. */
    public Builder registrar(Registrar other) {
      this.registrar = other;
      return this;
    }

    /** The AEs that share its credentials, besides its own. Else none. */
    public Builder sharing(List<AeId> others) {
      this.sharing = List.copyOf(others);
      return this;
    }

    public NewEnrolee build() {
      return new NewEnrolee(this);
    }
  }
}
