// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import org.mooring.common.identifier.KeyIdentifier;

/** What a client proves itself with in a handshake. */
public sealed interface EndpointCredential
    permits PskCredential, CertificateCredential, RawPublicKeyCredential {
  /** Under which the server knows it. */
  KeyIdentifier identity();
}
