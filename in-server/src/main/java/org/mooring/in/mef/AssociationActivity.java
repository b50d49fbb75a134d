// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.Set;
import org.mooring.common.identifier.KeyIdentifier;

/** Tells whether associations are in use. It answers at once, from memory. */
@FunctionalInterface
public interface AssociationActivity {
  /** Whether a session that one of the credentials opened is alive. */
  boolean isAnyInUse(Set<KeyIdentifier> credentials);
}
