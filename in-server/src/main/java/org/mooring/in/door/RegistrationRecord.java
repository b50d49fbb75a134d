// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import org.mooring.in.cse.RegistrationRefusedException;

/**
 * Writes down why an AE was not registered, for it is told no more than a status code. Anyone who
 * gets as far may go on trying, so that these entries are bounded as those of handshakes are.
 */
public final class RegistrationRecord {
  private final HandshakeRecord refusals;

  public RegistrationRecord(HandshakeRecord refusals) {
    this.refusals = refusals;
  }

  /** The failure of a request as its answer is to tell it; a refused registration is recorded. */
  CompletionException told(InetSocketAddress peer, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof RegistrationRefusedException refused)) {
      return new CompletionException(cause);
    }
    refusals.failed(
        HandshakeRecord.text(peer),
        refused.detail().text("from").filter(from -> !from.isEmpty()),
        refused.detail());
    return new CompletionException(refused.answer());
  }
}
