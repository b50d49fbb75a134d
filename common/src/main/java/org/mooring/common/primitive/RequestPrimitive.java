// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.RoleId;

/**
 * A request primitive (TS-0004 clause 7.2.1) with the parameters that this project offers; a
 * binding refuses the others before it builds one.
 */
public final class RequestPrimitive {
  private final Operation operation;
  private final String to;
  private final String requestId;
  private final @Nullable String from;
  private final @Nullable Integer resourceType;
  private final @Nullable Representation content;
  private final @Nullable ResultContent resultContent;
  private final ReleaseVersion releaseVersion;
  private final @Nullable Instant requestExpiration;
  private final List<RoleId> roles;

  private RequestPrimitive(Builder builder) {
    this.operation = builder.operation;
    this.to = builder.to;
    this.requestId = builder.requestId;
    this.from = builder.from;
    this.resourceType = builder.resourceType;
    this.content = builder.content;
    this.resultContent = builder.resultContent;
    this.releaseVersion = builder.releaseVersion;
    this.requestExpiration = builder.requestExpiration;
    this.roles = builder.roles;
  }

  /**
   * A request with its mandatory parameters, to be given the others.
   *
   * @param to the target as written, in one of the scopes of {@code ResourceAddress}
   * @param requestId the Request Identifier, unique among the originator's pending requests
   */
  public static Builder builder(Operation operation, String to, String requestId) {
    return new Builder(operation, to, requestId);
  }

  public Operation operation() {
    return operation;
  }

  /** To (TS-0001 clause 8.1.2). */
  public String to() {
    return to;
  }

  /** Request Identifier; empty where a client without oneM2M options sent none. */
  public String requestId() {
    return requestId;
  }

  /** From; a present, empty option counts as absent. */
  public Optional<String> from() {
    return Optional.ofNullable(from);
  }

  /** Resource Type of a CREATE. */
  public OptionalInt resourceType() {
    return resourceType == null ? OptionalInt.empty() : OptionalInt.of(resourceType);
  }

  public Optional<Representation> content() {
    return Optional.ofNullable(content);
  }

  /** Result Content, where the originator asked for one. */
  public Optional<ResultContent> resultContent() {
    return Optional.ofNullable(resultContent);
  }

  /** Release Version Indicator; Release 1 where none was sent. */
  public ReleaseVersion releaseVersion() {
    return releaseVersion;
  }

  /** Request Expiration Timestamp as an instant. */
  public Optional<Instant> requestExpiration() {
    return Optional.ofNullable(requestExpiration);
  }

  /**
   * The same request with a Request Expiration Timestamp: its own, or this one if that is sooner.
   */
  public RequestPrimitive expiringBy(Instant latest) {
    return requestExpiration().filter(own -> !own.isAfter(latest)).isPresent()
        ? this
        : toBuilder().requestExpiration(latest).build();
  }

  /** Role IDs: the roles that the originator wants to use; none if it named none. */
  public List<RoleId> roles() {
    return roles;
  }

  /** The same request with another target, originator or identifier, for forwarding. */
  public Builder toBuilder() {
    Builder copy = new Builder(operation, to, requestId);
    copy.from = from;
    copy.resourceType = resourceType;
    copy.content = content;
    copy.resultContent = resultContent;
    copy.releaseVersion = releaseVersion;
    copy.requestExpiration = requestExpiration;
    copy.roles = roles;
    return copy;
  }

  @Override
  public String toString() {
    return operation + " " + to + " rqi=" + requestId;
  }

  /** Puts a request together. */
  public static final class Builder {
    private final Operation operation;
    private String to;
    private String requestId;
    private @Nullable String from;
    private @Nullable Integer resourceType;
    private @Nullable Representation content;
    private @Nullable ResultContent resultContent;
    private ReleaseVersion releaseVersion = ReleaseVersion.RELEASE_3;
    private @Nullable Instant requestExpiration;
    private List<RoleId> roles = List.of();

    private Builder(Operation operation, String to, String requestId) {
      this.operation = operation;
      this.to = to;
      this.requestId = requestId;
    }

    public Builder to(String address) {
      this.to = address;
      return this;
    }

    public Builder requestId(String id) {
      this.requestId = id;
      return this;
    }

    /** Sets From; an empty text stands for none. */
    public Builder from(String originator) {
      this.from = originator.isEmpty() ? null : originator;
      return this;
    }

    public Builder resourceType(int type) {
      this.resourceType = type;
      return this;
    }

    public Builder content(Representation representation) {
      this.content = representation;
      return this;
    }

    public Builder resultContent(ResultContent wanted) {
      this.resultContent = wanted;
      return this;
    }

    public Builder releaseVersion(ReleaseVersion release) {
      this.releaseVersion = release;
      return this;
    }

    public Builder requestExpiration(Instant time) {
      this.requestExpiration = time;
      return this;
    }

    public Builder roles(List<RoleId> named) {
      this.roles = List.copyOf(named);
      return this;
    }

    public RequestPrimitive build() {
      return new RequestPrimitive(this);
    }
  }
}
