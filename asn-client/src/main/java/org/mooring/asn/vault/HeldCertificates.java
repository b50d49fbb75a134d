// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a node had issued after bootstrapping: the one that it has used, the next
 * one until that was used once, and the key of one that is asked for. Immutable.
 */
public final class HeldCertificates {
  /** Before the first one. */
  public static final HeldCertificates NONE = new HeldCertificates(null, null, null);

  private final @Nullable IssuedCertificate current;
  private final @Nullable IssuedCertificate next;
  private final @Nullable CertificateKey requested;

  HeldCertificates(
      @Nullable IssuedCertificate current,
      @Nullable IssuedCertificate next,
      @Nullable CertificateKey requested) {
    this.current = current;
    this.next = next;
    this.requested = requested;
  }

  /** The one with which the MEF let the node in last. */
  public Optional<IssuedCertificate> current() {
    return Optional.ofNullable(current);
  }

  /** The one that is newer, and was not used yet or was refused. */
  public Optional<IssuedCertificate> next() {
    return Optional.ofNullable(next);
  }

  /** The next one while it lives, unless the MEF refused it. */
  public Optional<IssuedCertificate> hopeful(Instant serverNow) {
    return next().filter(one -> !one.refused() && one.lease().isAliveAt(serverNow));
  }

  /** The newest that was not refused, alive or not. */
  public Optional<IssuedCertificate> newest() {
    return next().filter(one -> !one.refused()).or(this::current);
  }

  /** The key pair of a request that may have been sent and whose answer is not stored. */
  public Optional<CertificateKey> requested() {
    return Optional.ofNullable(requested);
  }

  /** With a key that is about to be sent. */
  public HeldCertificates requesting(CertificateKey key) {
    return new HeldCertificates(current, next, key);
  }

  /** With the certificate that came for the requested key; the one in use stays beside it. */
  public HeldCertificates issued(IssuedCertificate newest) {
    return new HeldCertificates(current, newest, null);
  }

  /** The next one was used: the one before is of no use any longer. */
  public HeldCertificates confirmed() {
    return new HeldCertificates(next().orElseThrow(), null, requested);
  }

  /** The MEF did not take the next one: the one before goes on. */
  public HeldCertificates refused() {
    return new HeldCertificates(current, next().orElseThrow().asRefused(), requested);
  }

  /** With another time to renew the newest. */
  public HeldCertificates leased(Lease lease) {
    if (next != null && !next.refused()) {
      return new HeldCertificates(current, next.with(lease), requested);
    }
    return new HeldCertificates(current == null ? null : current.with(lease), next, requested);
  }
}
