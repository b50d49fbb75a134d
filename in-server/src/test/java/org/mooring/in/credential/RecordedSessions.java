// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mooring.common.identifier.KeyIdentifier;

/** Notes which credentials' sessions were to be closed. */
public final class RecordedSessions implements SessionControl {
  private final List<KeyIdentifier> ended = new CopyOnWriteArrayList<>();

  @Override
  public void end(Collection<KeyIdentifier> credentials) {
    ended.addAll(credentials);
  }

  @Override
  public void endAt(KeyIdentifier credential, Instant end) {}

  /** Those whose sessions were closed, in that order. */
  public List<KeyIdentifier> ended() {
    return List.copyOf(ended);
  }
}
