// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.List;
import java.util.Optional;

/** The resource types that a CSE of this project hosts (TS-0004 clause 7.4). */
public final class CseResources {
  public static final ResourceType ACCESS_CONTROL_POLICY =
      new ResourceType(1, "m2m:acp", "accessControlPolicy");
  public static final ResourceType AE = new ResourceType(2, "m2m:ae", "AE");
  public static final ResourceType CONTAINER = new ResourceType(3, "m2m:cnt", "container");
  public static final ResourceType CONTENT_INSTANCE =
      new ResourceType(4, "m2m:cin", "contentInstance");
  public static final ResourceType CSE_BASE = new ResourceType(5, "m2m:cb", "CSEBase");
  public static final ResourceType SERVICE_SUBSCRIPTION_PROFILE =
      new ResourceType(11, "m2m:mssp", "m2mServiceSubscriptionProfile");
  public static final ResourceType REMOTE_CSE = new ResourceType(16, "m2m:csr", "remoteCSE");
  public static final ResourceType SUBSCRIBED_APP_RULE =
      new ResourceType(19, "m2m:asar", "serviceSubscribedAppRule");
  public static final ResourceType SUBSCRIBED_NODE =
      new ResourceType(20, "m2m:svsn", "serviceSubscribedNode");
  public static final ResourceType AE_ANNC = new ResourceType(10002, "m2m:aeA", "AEAnnc");

  private CseResources() {}

  /** The table of them all, with the policies of their attributes. */
  public static ResourceTable table() {
    return CsePolicies.TABLE;
  }

  /** The rows of the numbered type, where this project hosts it. */
  public static Optional<ResourcePolicy> policy(int code) {
    return table().policy(code);
  }

  /** The rows of a type of this table. */
  public static ResourcePolicy policy(ResourceType type) {
    return policy(type.code()).orElseThrow();
  }

  /** supportedResourceType (srt), ascending. */
  public static List<Integer> codes() {
    return table().codes();
  }
}
