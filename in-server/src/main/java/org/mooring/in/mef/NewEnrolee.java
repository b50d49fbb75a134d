// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentPath;

/** What an operator says of a node to be added; what is left out, the MEF chooses. */
public final class NewEnrolee {
  private final @Nullable KeyIdentifier kpmId;
  private final @Nullable SecretKeyBytes kpm;
  private final boolean allowWeakKey;
  private final @Nullable CseId cseId;
  private final @Nullable NodeId nodeId;
  private final EnrolmentPath path;
  private final Instant expiresAt;
  private final @Nullable Duration enrolmentLifetime;

  private NewEnrolee(Builder builder) {
    this.kpmId = builder.kpmId;
    this.kpm = builder.kpm;
    this.allowWeakKey = builder.allowWeakKey;
    this.cseId = builder.cseId;
    this.nodeId = builder.nodeId;
    this.path = builder.path;
    this.expiresAt = builder.expiresAt;
    this.enrolmentLifetime = builder.enrolmentLifetime;
  }

  public static Builder builder() {
    return new Builder();
  }

  Optional<KeyIdentifier> kpmId() {
    return Optional.ofNullable(kpmId);
  }

  Optional<SecretKeyBytes> kpm() {
    return Optional.ofNullable(kpm);
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

  EnrolmentPath path() {
    return path;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  Optional<Duration> enrolmentLifetime() {
    return Optional.ofNullable(enrolmentLifetime);
  }

  /** Puts it together. */
  public static final class Builder {
    private @Nullable KeyIdentifier kpmId;
    private @Nullable SecretKeyBytes kpm;
    private boolean allowWeakKey;
    private @Nullable CseId cseId;
    private @Nullable NodeId nodeId;
    private EnrolmentPath path = EnrolmentPath.MAF;
    private Instant expiresAt = M2mTimestamp.NEVER;
    private @Nullable Duration enrolmentLifetime;

    private Builder() {}

    /** Its FQDN is the MEF's. Else 32 random hex digits before it. */
    public Builder kpmId(KeyIdentifier identity) {
      this.kpmId = identity;
      return this;
    }

    /** Else 32 random octets. The caller destroys its key. */
    public Builder kpm(SecretKeyBytes key) {
      this.kpm = key;
      return this;
    }

    /** Takes a Kpm of fewer than 16 octets. */
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

    public Builder path(EnrolmentPath way) {
      this.path = way;
      return this;
    }

    /** When Kpm ends, and with it bootstrapping alone. Else never. */
    public Builder expiresAt(Instant end) {
      this.expiresAt = end;
      return this;
    }

    /** How long a Ke lives. Else what the provider grants. */
    public Builder enrolmentLifetime(Duration lifetime) {
      this.enrolmentLifetime = lifetime;
      return this;
    }

    public NewEnrolee build() {
      return new NewEnrolee(this);
    }
  }
}
