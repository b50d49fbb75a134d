// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.mooring.common.certificate.OcspMode;
import org.mooring.common.certificate.ResponderCheck;
import org.mooring.common.certificate.ResponderCheck.Status;
import org.mooring.common.certificate.Responders;
import org.mooring.common.dtls.CredentialLookup.Unusable;

/** What the responders that certificates name tell of them (TS-0003 clause 8.1.2.2). */
public final class CertificateStatus {
  private final OcspMode mode;
  private final ResponderCheck responders;

  public CertificateStatus(OcspMode mode, ResponderCheck responders) {
    this.mode = mode;
    this.responders = responders;
  }

  /**
   * Fails with {@link Unusable} where a certificate of a path does not pass.
   *
   * @param path that holds, each certificate signed by the next
   */
  CompletionStage<Void> require(List<X509Certificate> path) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    if (mode == OcspMode.OFF) {
      return all;
    }
    for (int i = 0; i + 1 < path.size(); i++) {
      if (Responders.isNamedIn(path.get(i))) {
        CompletionStage<Void> one =
            responders.statusOf(path.get(i), path.get(i + 1)).thenAccept(this::require);
        all = all.thenCombine(one, (before, now) -> now);
      }
    }
    return all;
  }

  private void require(Status status) {
    if (!mode.accepts(status)) {
      throw new CompletionException(
          new Unusable(
              status == Status.REVOKED
                  ? "the certificate is revoked"
                  : "no responder tells the certificate's status by now"));
    }
  }
}
