// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.FunctionRole;

/** A DTLS session that stands, with whom it authenticated. */
public final class LiveSession {
  private final SecureSession session;
  private final KeyIdentifier credential;
  private final Instant since;
  private final CompletableFuture<Optional<SecurityPrincipal>> principal =
      new CompletableFuture<>();
  private final AtomicBoolean spoke = new AtomicBoolean();
  private final AtomicBoolean accepted = new AtomicBoolean();

  LiveSession(SecureSession session, KeyIdentifier credential, Instant since) {
    this.session = session;
    this.credential = credential;
    this.since = since;
  }

  /** When its handshake ended. */
  Instant since() {
    return since;
  }

  public SecureSession session() {
    return session;
  }

  public KeyIdentifier credential() {
    return credential;
  }

  /** Whom the session authenticated; empty once the credential proved to have ended. */
  public CompletionStage<Optional<SecurityPrincipal>> principal() {
    return principal;
  }

  /** Whether it is known by now to be a session with this function. */
  boolean isWith(FunctionRole role) {
    return principal.getNow(Optional.empty()).filter(client -> client.role() == role).isPresent();
  }

  /** Whether no request was accepted in this session so far: the credential may be pending. */
  public boolean awaitsFirstAcceptance() {
    return !accepted.get();
  }

  /** Notes that a request was accepted and is on disk. */
  public void noteAccepted() {
    accepted.set(true);
  }

  void resolve(Optional<SecurityPrincipal> resolved) {
    principal.complete(resolved);
  }

  /** Notes a request; true for the first one. */
  boolean noteRequest() {
    return spoke.compareAndSet(false, true);
  }
}
