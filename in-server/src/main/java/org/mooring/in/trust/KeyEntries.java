// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.Collections;
import java.util.Set;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.quota.LatestEntries;

/** What the audit log is told of registered keys. */
final class KeyEntries {
  /** Keys that were handed out and are remembered; of another one the log tells once more. */
  private static final int REMEMBERED = 10_000;

  private final Set<HandedOut> handedOut =
      Collections.newSetFromMap(new LatestEntries<>(REMEMBERED));

  /** A key and a target that has it. */
  private record HandedOut(KeyIdentifier key, EntityId target) {}

  /**
   * @param who did it
   */
  void record(TrustStore store, SecurityPrincipal who, AuditAction action, KeyRegistration held) {
    Attributes detail =
        Attributes.builder()
            .put("client", held.client().value())
            .put("usage", held.usage().suid())
            .put("targets", held.targets())
            .put("until", held.expiresAt())
            .build();
    store.audit().record(who.credential().toString(), action, held.identity().toString(), detail);
  }

  /** Of a target that asks again whether a key still holds, the log has the first time. */
  void recordHandedOut(TrustStore store, SecurityPrincipal reader, KeyRegistration held) {
    HandedOut key = new HandedOut(held.identity(), reader.client());
    synchronized (handedOut) {
      if (handedOut.contains(key)) {
        return;
      }
    }
    record(store, reader, AuditAction.KEY_RETRIEVED, held);
    store.afterCommit(
        () -> {
          synchronized (handedOut) {
            handedOut.add(key);
          }
        });
  }
}
