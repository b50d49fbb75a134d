// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** A MAF that gives what it is told to. */
final class FakeIssuer implements KeyIssuer {
  private final Map<KeyIdentifier, Registered> keys = new ConcurrentHashMap<>();
  private final List<KeyIdentifier> asked = new CopyOnWriteArrayList<>();
  private volatile boolean silent;
  private volatile boolean slow;

  private record Registered(SecretKeyBytes key, CseId client, Instant until) {}

  /** Gives the key until then. */
  void gives(KeyIdentifier id, SecretKeyBytes key, CseId client, Instant until) {
    keys.put(id, new Registered(key, client, until));
  }

  void keepsBack(KeyIdentifier id) {
    keys.remove(id);
  }

  void isSilent(boolean now) {
    silent = now;
  }

  /** Whether what it is asked for now has no answer yet when the test ends. */
  void isSlow(boolean now) {
    slow = now;
  }

  /** What it was asked for, in that order. */
  List<KeyIdentifier> asked() {
    return List.copyOf(asked);
  }

  @Override
  public CompletionStage<RetrievedKey> retrieve(KeyIdentifier id) {
    asked.add(id);
    if (slow) {
      return new CompletableFuture<>();
    }
    if (silent) {
      return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    }
    Registered given = keys.get(id);
    return given == null
        ? CompletableFuture.failedFuture(
            new RefusedAnswerException(ResponsePrimitive.of(ResponseStatusCode.NOT_FOUND, "rqi-1")))
        : CompletableFuture.completedFuture(
            new RetrievedKey(
                SecretKeyBytes.copyOf(given.key().toByteArray()),
                given.client(),
                KeyUsage.DISTRIBUTED_FOR_ASSOCIATION,
                given.until(),
                Optional.empty()));
  }
}
