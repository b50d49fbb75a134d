// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.authz;

import java.time.Instant;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.in.provider.FunctionRole;

/**
 * Whom a DTLS session authenticated (TS-0003 clause 8.2.1). It outlives address changes and
 * resumptions and ends with its credential.
 */
public sealed interface SecurityPrincipal {
  /** The function this session may talk to. */
  FunctionRole role();

  /** The credential that authenticated it. */
  KeyIdentifier credential();

  /** The absolute CSE-ID assigned to the client; it owns what this principal registers. */
  EntityId client();

  /** When the credential ends; the session is closed then. */
  Instant expiresAt();

  /** A node at the MEF, authenticated by its bootstrap credential. */
  record Enrolee(KeyIdentifier credential, EntityId client, NodeId node, Instant expiresAt)
      implements SecurityPrincipal {
    @Override
    public FunctionRole role() {
      return FunctionRole.MEF;
    }
  }

  /** A client of the MAF, authenticated by Km under its KmId or, before that, its KeId. */
  record MafClient(KeyIdentifier credential, EntityId client, Instant expiresAt)
      implements SecurityPrincipal {
    @Override
    public FunctionRole role() {
      return FunctionRole.MAF;
    }
  }

  /** An entity at the far end of a security association with the CSE, by Kc or Kpsa. */
  record AssociatedEntity(KeyIdentifier credential, EntityId client, Instant expiresAt)
      implements SecurityPrincipal {
    @Override
    public FunctionRole role() {
      return FunctionRole.CSE;
    }
  }
}
