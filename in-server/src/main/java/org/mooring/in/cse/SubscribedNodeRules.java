// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.Profile;
import org.mooring.in.provider.ServiceProvider;

/**
 * {@code <serviceSubscribedNode>}: a node of a service subscription (TS-0004 clause 7.4.20). Only
 * one with a CSE has rules, for it is the CSE that AEs register with. It is found by that CSE.
 */
final class SubscribedNodeRules extends ProviderRules {
  private static final String CSE_ID = "csi";
  private static final String RULE_LINKS = "rlk";

  private static final String LABELS = "lbl";

  private final ServiceProvider provider;
  private final ServiceSubscriptions subscriptions;

  SubscribedNodeRules(ServiceProvider provider) {
    this.provider = provider;
    this.subscriptions = new ServiceSubscriptions(provider);
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    requireCse(draft.attributes());
    String cse = draft.attributes().text(CSE_ID).map(this::foundBy).orElse("");
    return super.complete(call, parent, draft)
        .withProvenance(new Resource.Provenance(draft.provenance().creator(), cse));
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireCse(after.attributes());
    return super.updated(call, after, changes);
  }

  /**
   * Of one that is implied, with the links to all rules that count for its CSE at the moment; with
   * a label while there are none to count. So a registrar knows by this one whom to register.
   */
  @Override
  public Resource shown(CseStore store, Resource resource) {
    if (!ImpliedResources.isImplied(resource) || !resource.attributes().has(CSE_ID)) {
      return resource;
    }
    CseId cse = new CseId(resource.attributes().text(CSE_ID).orElseThrow());
    Attributes.Builder shown =
        resource.attributes().toBuilder()
            .put(RULE_LINKS, subscriptions.linksFor(store.resources(), cse));
    if (!subscriptions.isAnyWritten(store.resources())) {
      shown.put(LABELS, List.of(Profile.LABEL_OF_NONE));
    }
    return resource.withAttributes(shown.build());
  }

  /** To the registrar, which has to go by it (TS-0004 clause 7.3.2.7). */
  @Override
  public boolean isTold(Call call, Resource resource) {
    return call.requester().id().equals(resource.provenance().registree());
  }

  private static void requireCse(Attributes attributes) {
    if (attributes.has(RULE_LINKS) && !attributes.has(CSE_ID)) {
      throw Refusal.INVALID_ATTRIBUTE.of("rlk (ruleLinks) without csi (CSE-ID)");
    }
  }

  /** A CSE of another provider registers nobody by these rules. */
  private String foundBy(String text) {
    CseId cse = new CseId(text).absolute(provider.sp());
    return cse.sp().equals(provider.sp()) ? cse.spRelative().value() : "";
  }
}
