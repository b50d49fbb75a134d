// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.CseId;
import org.mooring.in.provider.ServiceProvider;

/** {@code <serviceSubscribedAppRule>}: who may register with a CSE (TS-0001 clause 9.6.29). */
final class AppRuleRules extends ProviderRules {
  private final ServiceSubscriptions subscriptions;

  AppRuleRules(ServiceProvider provider) {
    this.subscriptions = new ServiceSubscriptions(provider);
  }

  @Override
  public Resource shown(CseStore store, Resource resource) {
    return subscriptions.current(store, resource);
  }

  /** To the registrars that it is for, which have to go by it (TS-0004 clause 7.3.2.7). */
  @Override
  public boolean isTold(Call call, Resource resource) {
    String id = call.requester().id();
    return CseId.isValid(id) && subscriptions.isFor(call.resources(), new CseId(id), resource);
  }
}
