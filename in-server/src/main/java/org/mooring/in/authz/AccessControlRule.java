// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * m2m:accessControlRule (TS-0001 clause 9.6.2, TS-0004 clause 6.3.5.27).
 *
 * @param originators whom it is for
 * @param operations what it allows
 * @param contexts when and from where, one of them; none: always
 * @param authenticated whether it is for authenticated originators alone
 *     (accessControlAuthenticationFlag)
 * @param details what it lets be created, by one of them; none: every type
 */
record AccessControlRule(
    List<AccessControlOriginator> originators,
    Set<AccessControlOperation> operations,
    List<AccessControlContext> contexts,
    boolean authenticated,
    List<AccessControlObjectDetails> details) {
  AccessControlRule {
    originators = List.copyOf(originators);
    operations = Set.copyOf(operations);
    contexts = List.copyOf(contexts);
    details = List.copyOf(details);
  }

  /** What of the rule a request does not meet, in the order of TS-0003 clause 7.1.5. */
  List<String> against(AccessRequest request, Instant now) {
    List<String> against = new ArrayList<>();
    if (authenticated && !request.authenticated()) {
      against.add("acaf: the originator is not authenticated");
    }
    if (originators.stream().noneMatch(one -> one.includes(request))) {
      against.add("acor: " + request.originator() + " is not among the originators");
    }
    if (!operations.contains(request.operation())) {
      against.add("acop: it does not allow " + request.operation());
    }
    if (!contexts.isEmpty() && contexts.stream().noneMatch(one -> one.includes(request, now))) {
      against.add("acco: no context has this time and address");
    }
    if (!isForWhatIsCreated(request)) {
      against.add("acod: it does not allow this type to be created here");
    }
    return against;
  }

  private boolean isForWhatIsCreated(AccessRequest request) {
    return request.operation() != AccessControlOperation.CREATE
        || details.isEmpty()
        || details.stream().anyMatch(one -> one.includes(request));
  }
}
