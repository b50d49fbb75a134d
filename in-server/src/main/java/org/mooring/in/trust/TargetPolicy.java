// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.key.KeyUsage;
import org.mooring.in.provider.Registrars;

/** Toward whom a client may register keys, and how many: the stakeholder's instruction. */
public interface TargetPolicy {
  /**
   * The target of a key that names none; empty where the usage is not offered without one.
   *
   * @param registrars what the enrolments say at the time of the request
   */
  Optional<String> defaultTarget(Registrars registrars, EntityId client, KeyUsage usage);

  /**
   * Whether the client may name the target.
   *
   * @param registrars what the enrolments say at the time of the request
   * @param target in its normal form: an absolute id or a domain name in lower case
   */
  boolean allows(Registrars registrars, EntityId client, KeyUsage usage, String target);

  /** How many live keys a client may have at one function, superseded ones left out. */
  int keysPerClient();
}
