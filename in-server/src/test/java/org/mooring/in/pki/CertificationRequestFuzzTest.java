// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.mooring.common.identifier.NodeId;

/**
 * What a node sends as a request is one for a key on secp256r1, or refused, never another error.
 */
class CertificationRequestFuzzTest {
  private static final CertificateSubject NODE =
      new CertificateSubject.Node(new NodeId("urn:uuid:1"));

  @FuzzTest
  void anythingIsARequestOrRefused(byte[] octets) {
    CertificationRequest read;
    try {
      read = CertificationRequest.read(octets);
    } catch (PkiException e) {
      assertThat(e.getMessage()).hasSizeLessThan(256);
      return;
    }
    assertThat(read.key().getAlgorithm()).isEqualTo("EC");
    assertThat(read.fits(NODE)).isEqualTo(read.fits(NODE));
  }
}
