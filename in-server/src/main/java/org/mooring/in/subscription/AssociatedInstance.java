// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.subscription;

import java.time.Instant;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;

/**
 * An application instance that was given a key, and is to be let use the subscription of its CSE.
 *
 * @param kaId the key
 * @param until when that ends, at the latest
 * @param ae its AE-ID below the CSE-ID of its node, which is its registrar
 * @param token what let it in
 * @param services what the token approves
 */
public record AssociatedInstance(
    KeyIdentifier kaId,
    Instant until,
    AppId application,
    AeId ae,
    TokenId token,
    ApprovedServices services) {}
