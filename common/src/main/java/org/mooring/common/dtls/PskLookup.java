// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.PskPublicInformation;
import org.eclipse.californium.scandium.dtls.PskSecretResult;
import org.eclipse.californium.scandium.dtls.pskstore.AdvancedPskStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Scandium ask a {@link CredentialLookup}. No DTLS thread waits for an answer: a look-up that
 * is not answered on the spot suspends its own handshake alone.
 *
 * <p>An identity that is unknown, malformed or answered too late fails like one with a wrong key:
 * in silence. The observer hears why.
 */
final class PskLookup implements AdvancedPskStore {
  private static final Logger LOG = LoggerFactory.getLogger(PskLookup.class);

  /** A client waits at least 5 s for the server's Finished. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final CredentialLookup credentials;
  private final SessionRegistry registry;
  private final int limit;
  private final Semaphore free;
  private volatile @Nullable HandshakeResultHandler results;

  /**
   * @param limit look-ups under way at a time; one beyond it fails its handshake
   */
  PskLookup(CredentialLookup credentials, SessionRegistry registry, int limit) {
    this.credentials = credentials;
    this.registry = registry;
    this.limit = limit;
    this.free = new Semaphore(limit);
  }

  /** Look-ups whose answer is awaited. */
  int underWay() {
    return limit - free.availablePermits();
  }

  @Override
  public boolean hasEcdhePskSupported() {
    return true;
  }

  @Override
  public void setResultHandler(HandshakeResultHandler handler) {
    results = handler;
  }

  /** A server shows no identity. */
  @Override
  public @Nullable PskPublicInformation getIdentity(
      InetSocketAddress peer, @Nullable ServerNames virtualHost) {
    return null;
  }

  @Override
  public @Nullable PskSecretResult requestPskSecretResult(
      ConnectionId connection,
      @Nullable ServerNames serverNames,
      PskPublicInformation identity,
      String hmacAlgorithm,
      @Nullable SecretKey otherSecret,
      byte[] seed,
      boolean useExtendedMasterSecret) {
    Optional<Handshaker> handshake = registry.handshakeOn(connection);
    // a client that repeats its flight after a refusal gets no second look-up
    if (handshake.map(registry::hasFailed).orElse(true)) {
      return new PskSecretResult(connection, identity, null);
    }
    Attempt attempt = new Attempt(connection, identity, handshake.get());
    if (!isWellFormed(identity)) {
      return attempt.refused("the identity is not 1 to 128 octets of UTF-8");
    }
    if (!free.tryAcquire()) {
      return attempt.refused("too many look-ups are under way");
    }
    CompletableFuture<Optional<SecretKeyBytes>> answer =
        ask(
            new CredentialLookup.Query(
                identity.getPublicInfoAsString(),
                SniHostName.of(serverNames),
                otherSecret != null,
                attempt.handshake().getPeerAddress()));
    if (answer.isDone()) {
      free.release();
      return answer.thenApply(attempt::result).exceptionally(attempt::failed).join();
    }
    var unused =
        answer
            .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((key, failure) -> free.release())
            .thenApply(attempt::result)
            .exceptionally(attempt::failed)
            .thenAccept(this::resume);
    return null;
  }

  private CompletableFuture<Optional<SecretKeyBytes>> ask(CredentialLookup.Query query) {
    try {
      // a copy, so that the time-out does not complete the look-up's own stage
      return credentials.lookup(query).toCompletableFuture().copy();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void resume(PskSecretResult result) {
    HandshakeResultHandler handler = results;
    if (handler != null) {
      handler.apply(result);
    }
  }

  private static boolean isWellFormed(PskPublicInformation identity) {
    return !identity.isEmpty()
        && identity.length() <= KeyIdentifier.MAX_OCTETS
        && identity.isCompliantEncoding();
  }

  /** One handshake's wait for its key. */
  private final class Attempt {
    private final ConnectionId connection;
    private final PskPublicInformation identity;
    private final Handshaker handshake;

    Attempt(ConnectionId connection, PskPublicInformation identity, Handshaker handshake) {
      this.connection = connection;
      this.identity = identity;
      this.handshake = handshake;
    }

    Handshaker handshake() {
      return handshake;
    }

    PskSecretResult result(Optional<SecretKeyBytes> answer) {
      return answer.map(this::found).orElseGet(() -> refused("the identity opens no session"));
    }

    PskSecretResult failed(Throwable failure) {
      Throwable cause = Failures.causeOf(failure);
      if (cause instanceof CredentialLookup.Unusable unusable) {
        return refused(String.valueOf(unusable.getMessage()));
      }
      LOG.warn("a credential look-up failed", failure);
      return refused("the look-up of the identity failed or took too long");
    }

    private PskSecretResult found(SecretKeyBytes key) {
      byte[] octets = key.toByteArray();
      try {
        // Scandium destroys its copy once it has the master secret
        SecretKey secret = SecretUtil.create(octets, PskSecretResult.ALGORITHM_PSK);
        return new PskSecretResult(connection, identity, secret);
      } finally {
        Arrays.fill(octets, (byte) 0);
      }
    }

    PskSecretResult refused(String reason) {
      Optional<String> shown =
          isWellFormed(identity) ? Optional.of(identity.getPublicInfoAsString()) : Optional.empty();
      registry.fail(handshake, shown, reason);
      return new PskSecretResult(connection, identity, null);
    }
  }
}
