// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.ApplicationProof;
import org.mooring.common.key.ChannelBinding;

/**
 * What a MAF was asked for: AE Subscription Association.
 *
 * @param proof that the application has the token's secret
 * @param session the channel binding of the session in which the request came
 */
public record AssociationRequest(
    AskingNode node,
    AppId application,
    AppInstanceId instance,
    TokenId token,
    ApplicationProof proof,
    ChannelBinding session) {

  /** Which instance it is about. */
  public InstanceName name() {
    return new InstanceName(application, instance, node.client());
  }
}
