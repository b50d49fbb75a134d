// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import org.mooring.common.certificate.CertificateName;
import org.mooring.common.resource.ClientConfiguration;

/** By which of its names a node is certified ({@code sec:certSubjectType}, TS-0003 clause 12). */
public enum CertificateSubjectType {
  /** Its M2M-Node-ID. */
  NODE_ID,
  /** Its CSE-ID, as public domain name. */
  CSE_ID;

  /** The name of this type that the node has. */
  public CertificateName nameIn(ClientConfiguration configuration) {
    return switch (this) {
      case NODE_ID -> new CertificateName.OfNode(configuration.nodeId());
      case CSE_ID ->
          new CertificateName.OfDomain(configuration.cseId().fqdn(configuration.registrar().sp()));
    };
  }
}
