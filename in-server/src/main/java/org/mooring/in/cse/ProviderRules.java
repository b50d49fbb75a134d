// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.audit.AuditAction;

/**
 * Resources by which the provider says what is allowed, such as {@code
 * <m2mServiceSubscriptionProfile>}: they last until they are deleted, unless they were given an
 * end. Nobody but the operator has the privilege to make them. The audit log has each of their
 * states, so that a decision can be followed after they changed.
 */
class ProviderRules implements TypeRules {
  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    return call.content().attributes().has(Expirations.ATTRIBUTE)
        ? draft
        : draft.expiringAt(M2mTimestamp.NEVER);
  }

  @Override
  public void created(Call call, Resource parent, Resource created) {
    audit(call.store(), call.requester().actor(), "created", created);
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    audit(call.store(), call.requester().actor(), "updated", after);
    return after;
  }

  @Override
  public void deleted(CseStore store, String actor, Resource gone) {
    audit(store, actor, "deleted", gone);
  }

  static void audit(CseStore store, String actor, String change, Resource resource) {
    store
        .audit()
        .record(
            actor,
            AuditAction.SERVICE_SUBSCRIPTION_CHANGED,
            resource.path(),
            Attributes.builder().put("change", change).putAll(resource.attributes()).build());
  }
}
