// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.vault.Lease;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * One association of an application, with the keys that it came from. Once another one has its
 * place it stays open for the requests that it took.
 */
final class ApplicationLink {
  private final AssociationLink link;
  private final KeyIdentifier kaId;
  private final Lease lease;
  private int underWay;
  private boolean retired;

  /**
   * @param kaId the Ka that Kc was distributed to
   * @param lease of Kc
   */
  ApplicationLink(AssociationLink link, KeyIdentifier kaId, Lease lease) {
    this.link = link;
    this.kaId = kaId;
    this.lease = lease;
  }

  boolean isOf(KeyIdentifier ka) {
    return kaId.equals(ka);
  }

  /** When another Kc is to be distributed, in the server's time. */
  Instant renewAt() {
    return lease.renewAt();
  }

  /** Takes a request on, to be sent next. */
  synchronized void take() {
    underWay++;
  }

  /** Sends a request that was taken on. */
  CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return link.send(request).whenComplete((answer, failure) -> ended());
  }

  private synchronized void ended() {
    underWay--;
    closeIfDone();
  }

  /** No request is taken on any longer; closes the association after the last of them. */
  synchronized void retire() {
    retired = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && underWay == 0) {
      link.close();
    }
  }

  void close() {
    link.close();
  }
}
