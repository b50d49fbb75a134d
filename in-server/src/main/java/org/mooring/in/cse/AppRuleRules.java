// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.SpId;

/** {@code <serviceSubscribedAppRule>}: who may register with a CSE (TS-0001 clause 9.6.29). */
final class AppRuleRules extends ProviderRules {
  private final SpId sp;

  AppRuleRules(SpId sp) {
    this.sp = sp;
  }

  @Override
  public Resource shown(CseStore store, Resource resource) {
    return ImpliedResources.current(store, resource, sp);
  }
}
