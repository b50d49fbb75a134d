// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import org.mooring.in.credential.CredentialStore;
import org.mooring.in.cse.CseStore;

/** What one transaction offers to a gateway. */
public interface GatewayStore extends CredentialStore, CseStore {}
