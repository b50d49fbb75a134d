// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a peer sends as certificates is some, or refused, and never another error. */
class CertsOnlyFuzzTest {
  @FuzzTest
  void anythingIsCertificatesOrRefused(byte[] octets) {
    List<X509Certificate> read;
    try {
      read = CertsOnly.read(octets);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(CertsOnly.read(CertsOnly.write(read))).containsExactlyInAnyOrderElementsOf(read);
  }
}
