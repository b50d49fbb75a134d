// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** A name out of a stranger's certificate is read or none, and never an error. */
class OtherNameFuzzTest {
  @FuzzTest
  void aNameIsATextOrNone(byte[] octets) {
    Optional<String> text = OtherName.text(octets, CertificateName.OfNode.NAME_TYPE);

    text.ifPresent(read -> assertThat(read.getBytes(UTF_8).length).isLessThan(octets.length));
    assertThat(OtherName.hardwareId(octets).orElse("1:")).containsAnyOf(".", ":");
  }
}
