// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CommandArguments.CertProv;

/**
 * Gets the node a certificate (TS-0003 clause 8.3.6). What it gets it also stores, before it says
 * so.
 */
public interface CertificateProvisioner {
  /** Of a node that gets no certificates: it does not support CERT_PROV. */
  CertificateProvisioner NONE =
      new CertificateProvisioner() {
        @Override
        public Set<CertificateProtocol> protocols() {
          return Set.of();
        }

        @Override
        public CompletionStage<Outcome> provision(CertProv wanted) {
          throw new IllegalStateException("no protocol is supported");
        }
      };

  /** The protocols it speaks; none where the node does not support CERT_PROV at all. */
  Set<CertificateProtocol> protocols();

  /**
   * Provisions a certificate. It may be called again for the same one, after the node was cut
   * short.
   *
   * <p>A stage that fails because the server did not answer, or not well, counts as {@link
   * Outcome#SERVER_FAILED}, any other as {@link Outcome#CLIENT_FAILED}.
   *
   * @param wanted with a protocol of {@link #protocols}, a URI at the node's MEF, and a subject
   *     that is the node's own
   */
  CompletionStage<Outcome> provision(CertProv wanted);
}
