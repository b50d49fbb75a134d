// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.util.Collection;
import org.mooring.common.identifier.KeyIdentifier;

/** Reaches the live sessions of credentials; told only of what is on disk. */
public interface SessionControl {
  /** Closes every session of these credentials. */
  void end(Collection<KeyIdentifier> credentials);

  /** Has every session of the credential closed at another time than it was opened for. */
  void endAt(KeyIdentifier credential, Instant end);
}
