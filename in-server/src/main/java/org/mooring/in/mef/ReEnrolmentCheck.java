// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.KeyRegistration;

/** Finds out whether a new Ke is a re-enrolment, decides on it and records it. */
final class ReEnrolmentCheck {
  private static final int WINDOW_PARTS = 3;

  private final ReEnrolment policy;
  private final AssociationActivity associations;

  ReEnrolmentCheck(ReEnrolment policy, AssociationActivity associations) {
    this.policy = policy;
    this.associations = associations;
  }

  /**
   * @param group the line of generations that the new Ke joins
   * @throws RefusedException ALREADY_REGISTERED if the policy has the earlier enrolment go on
   */
  void beforeNewKey(EnroleeStore store, SecurityPrincipal client, String group) {
    List<Credential> line = store.credentials().liveOfGroup(client.client(), group);
    boolean isReEnrolment = line.stream().anyMatch(c -> c.opensHandshakeAt(store.now()));
    if (!isReEnrolment) {
      return;
    }
    boolean inUse = associations.isAnyInUse(associationsOf(store, line));
    boolean allowed =
        switch (policy) {
          case ALWAYS -> true;
          case LOST -> !inUse;
          case WINDOW -> line.stream().allMatch(c -> isInWindow(store, c));
        };
    if (!allowed) {
      throw Refusal.ALREADY_REGISTERED.of("symmKeyReg");
    }
    Attributes detail = Attributes.builder().put("earlierInUse", inUse).build();
    store.audit().record(client.credential().toString(), AuditAction.RE_ENROLLED, group, detail);
  }

  /** Whether the credential, if it is a Ke that lives, may be followed by another now. */
  private static boolean isInWindow(EnroleeStore store, Credential earlier) {
    if (earlier.kind() != Credential.Kind.KE
        || earlier.status() == Credential.Status.PENDING
        || !earlier.keepsSessionAt(store.now())) {
      return true;
    }
    Instant since =
        store
            .keyRegistrations()
            .find(earlier.identity())
            .map(KeyRegistration::createdAt)
            .orElse(Instant.EPOCH);
    Duration lastPart = Duration.between(since, earlier.expiresAt()).dividedBy(WINDOW_PARTS);
    return !store.now().isBefore(earlier.expiresAt().minus(lastPart));
  }

  /** What opens sessions with the CSE among the credentials and all that they led to. */
  private static Set<KeyIdentifier> associationsOf(EnroleeStore store, List<Credential> line) {
    Set<KeyIdentifier> found = new HashSet<>();
    Set<KeyIdentifier> seen = new HashSet<>();
    Deque<Credential> open = new ArrayDeque<>(line);
    while (!open.isEmpty()) {
      Credential next = open.pop();
      if (!seen.add(next.identity())) {
        continue;
      }
      if (next.role() == FunctionRole.CSE) {
        found.add(next.identity());
      }
      open.addAll(store.credentials().ledTo(next.identity()));
    }
    return found;
  }
}
