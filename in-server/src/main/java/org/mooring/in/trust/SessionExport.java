// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;

/** What the very session that carries a request can export (TS-0003 clause 10.3.1). */
public interface SessionExport {
  /** Whether an abbreviated handshake made the session: its export would differ. */
  boolean resumed();

  /** What a proof in a request is bound to (RFC 9266): 32 octets, the session's own. */
  ChannelBinding channelBinding();

  /** Exports; the same each time within one session. Not to be called on a resumed one. */
  ExportedKey export(ExporterLabel label);
}
