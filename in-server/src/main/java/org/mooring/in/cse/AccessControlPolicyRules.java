// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.authz.AccessRulesReader;
import org.mooring.in.provider.ServiceProvider;

/**
 * {@code <accessControlPolicy>} (TS-0001 clause 9.6.2, TS-0004 clause 7.4.2): its rules are read
 * when they are written, so that none is kept that could not be decided by.
 */
final class AccessControlPolicyRules implements TypeRules {
  /** Below one parent, of one creator. */
  private static final int MOST = 100;

  private static final String SELF_PRIVILEGES = "pvs (selfPrivileges)";

  private final AccessRulesReader reader;

  AccessControlPolicyRules(ServiceProvider provider) {
    this.reader = new AccessRulesReader(provider.sp(), provider.cse());
  }

  @Override
  public Resource complete(Call call, Resource parent, Resource draft) {
    requireReadable(draft.attributes());
    if (!(call.originator() instanceof Originator.Operator)) {
      requirePlace(call, draft);
    }
    return draft;
  }

  /**
   * @throws RefusedException QUOTA_EXCEEDED if the creator has all there that one may have
   */
  private static void requirePlace(Call call, Resource draft) {
    String creator = draft.provenance().creator();
    if (call.resources().count(draft.parent(), draft.type(), creator) >= MOST) {
      throw Refusal.QUOTA_EXCEEDED.of(
          "<accessControlPolicy> of more than " + MOST + " by one creator below one parent");
    }
  }

  @Override
  public Resource updated(Call call, Resource after, Attributes changes) {
    requireReadable(after.attributes());
    return after;
  }

  /**
   * @throws RefusedException for rules that can not be decided by, or if nobody could change them
   */
  private void requireReadable(Attributes attributes) {
    reader.read("pv (privileges)", rules(attributes, AccessControlPolicies.PRIVILEGES));
    Attributes own = rules(attributes, AccessControlPolicies.SELF_PRIVILEGES);
    if (reader.read(SELF_PRIVILEGES, own).isEmpty()) {
      throw Refusal.INVALID_ATTRIBUTE.of(SELF_PRIVILEGES + " without a rule");
    }
  }

  private static Attributes rules(Attributes attributes, String name) {
    return attributes.members(name).orElse(Attributes.NONE);
  }
}
